import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../../app')
const filesOf = (pattern: string) => globSync(pattern, { cwd: root }).map((one) => join(root, one))
const textOf = (file: string) => readFileSync(file, 'utf8')

/** Style sheets by the class with which a selector of theirs begins. */
const sheetsOf = new Map<string, Set<string>>()
for (const file of filesOf('**/*.css')) {
  const css = textOf(file).replaceAll(/\/\*.*?\*\//gs, '')
  for (const [, selectors = ''] of css.matchAll(/([^{}]+)\{/g)) {
    for (const selector of selectors.split(',')) {
      const [, name] = /^\s*(?:\w+)?\.([\w-]+)(?=[\s:.[>]|$)/.exec(selector) ?? []
      if (name !== undefined) sheetsOf.set(name, (sheetsOf.get(name) ?? new Set()).add(file))
    }
  }
}

/** A module with everything that it brings along, style sheets included. */
function broughtBy(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file) || !existsSync(file)) return found
  found.add(file)
  if (file.endsWith('.css')) return found
  for (const [, path = ''] of textOf(file).matchAll(/(?:from|import|import\()\s*'(\.[^']+)'/g)) {
    broughtBy(resolve(dirname(file), path), found)
  }
  return found
}

function classesIn(file: string): Set<string> {
  const texts = [...textOf(file).matchAll(/class=(?:"([^"]*)"|\{`([^`]*)`)/g)]
  const words = texts.flatMap(([, plain = '', made = '']) =>
    `${plain} ${made}`.match(/[a-z][\w-]*/g),
  )
  return new Set(words.filter((one) => one !== null))
}

const always = ['ui/tokens.css', 'ui/base.css', 'pages/shell.css'].map((one) => join(root, one))

test.each(filesOf('*/*Page.tsx').map((file) => [relative(root, file), file]))(
  '%s brings the style sheets of all classes that it uses, whichever page was opened first',
  (_, page) => {
    const brought = new Set([...broughtBy(page), ...always])
    const missing: string[] = []
    for (const file of brought) {
      if (!file.endsWith('.tsx')) continue
      for (const name of classesIn(file)) {
        const sheets = [...(sheetsOf.get(name) ?? [])]
        if (sheets.length === 0 || sheets.some((sheet) => brought.has(sheet))) continue
        missing.push(`${relative(root, file)}: .${name} of ${relative(root, sheets[0] ?? '')}`)
      }
    }
    expect(missing).toEqual([])
    expect(brought.size).toBeGreaterThan(10)
  },
)

import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Sentence } from './corpus.ts'
import { hashText, randomOf } from './random.ts'

const sentences = join(import.meta.dirname, '../sentences')
const labels = { '-': 'negative', '0': 'neutral', '+': 'positive' } as const

/** Sentences made from one pattern at most. */
const perPattern = 24
/** One sentence in so many gets a greeting before it or a courtesy after it, whatever its label. */
const openEvery = 4
const closeEvery = 5

/** Fills `{slots}` and picks one of every `(a|b|c)`, innermost first. */
function expand(
  pattern: string,
  slots: ReadonlyMap<string, readonly string[]>,
  random: () => number,
) {
  const pick = (choices: readonly string[]) => choices[random() % choices.length] ?? ''
  let text = pattern
  while (/\([^()]*\|[^()]*\)/u.test(text))
    text = text.replace(/\(([^()]*\|[^()]*)\)/u, (_, inner: string) => pick(inner.split('|')))
  return text.replaceAll(/\{(\w+)\}/gu, (_, name: string) => pick(slots.get(name) ?? ['']))
}

/**
 * Sentences of one language from its pattern file: `name=a|b|c` defines a slot, a line that starts with
 * `-`, `0` or `+` is a pattern with its label. The same file gives the same sentences, always.
 */
export function generate(language: string, file: string): Sentence[] {
  const slots = new Map<string, string[]>()
  const found: Sentence[] = []
  const seen = new Set<string>()
  for (const line of file.split('\n')) {
    const slot = /^(\w+)=(.*)$/u.exec(line)
    if (slot?.[1] !== undefined && slot[2] !== undefined) slots.set(slot[1], slot[2].split('|'))
    const sign = line[0]
    if (line[1] !== ' ' || (sign !== '-' && sign !== '0' && sign !== '+')) continue
    const pattern = `${language}-${hashText(line).toString(16).padStart(8, '0')}`
    const random = randomOf(hashText(line))
    for (let i = 0; i < perPattern; i++) {
      const open = random() % openEvery === 0 ? expand('{open}', slots, random) : ''
      const close = random() % closeEvery === 0 ? expand('{close}', slots, random) : ''
      const body = expand(line.slice(2), slots, random)
      const text = expand(`${open}${body}${close}`, slots, random).trim()
      if (seen.has(text)) continue
      seen.add(text)
      found.push({ label: labels[sign], language, text, pattern })
    }
  }
  return found
}

/** The content of the generated files, by language. */
export function generateAll(): Map<string, string> {
  const files = new Map<string, string>()
  for (const name of readdirSync(join(sentences, 'patterns')).toSorted()) {
    const language = basename(name, '.txt')
    const made = generate(language, readFileSync(join(sentences, 'patterns', name), 'utf8'))
    files.set(language, made.map((sentence) => `${JSON.stringify(sentence)}\n`).join(''))
  }
  return files
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  for (const [language, content] of generateAll())
    writeFileSync(join(sentences, 'generated', `${language}.jsonl`), content)

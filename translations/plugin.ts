import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'
import type { Messages } from '../app/message.ts'
import { compileMessage } from './compile.ts'
import { isPageWord } from './page-words.ts'
import { pseudoMessage } from './pseudo.ts'

const folder = import.meta.dirname

/** Locales made of English at build, for tests: long and accented, and the same from right to left. */
export const pseudoLocales = ['en-xa', 'ar-xb'] as const

/** Locales that have a file, `en` first. */
export function writtenLocales(): string[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'))
  return names.map((name) => name.slice(0, -5)).toSorted((a, b) => rank(a) - rank(b))
}

function rank(locale: string): number {
  return locale === 'en' ? 0 : 1
}

/** The interface words of a file, as written. */
export function wordsOf(locale: string): Record<string, string> {
  const file: unknown = JSON.parse(readFileSync(join(folder, `${locale}.json`), 'utf8'))
  if (typeof file !== 'object' || file === null || !('ui' in file)) {
    throw new Error(`translations/${locale}.json has no block "ui".`)
  }
  return Object.fromEntries(Object.entries(file.ui ?? {}).map(([key, text]) => [key, String(text)]))
}

/** Compiled messages of a locale; what it lacks is said in English. */
export function messagesOf(locale: string): Messages {
  const pseudo = pseudoLocales.some((name) => name === locale)
  const words = { ...wordsOf('en'), ...(pseudo ? {} : wordsOf(locale)) }
  return Object.fromEntries(
    Object.entries(words).map(([key, icu]) => {
      const message = compile(locale, key, icu)
      return [key, pseudo ? pseudoMessage(message) : message]
    }),
  )
}

function compile(locale: string, key: string, icu: string) {
  try {
    return compileMessage(icu)
  } catch (error) {
    throw new Error(`translations/${locale}.json: "${key}": ${String(error)}`, { cause: error })
  }
}

const listId = 'virtual:messages'

/** Compiled messages of a locale that every place needs, or those of the tab's pages only. */
function partOf(locale: string, part: 'shared' | 'pages'): Messages {
  return Object.fromEntries(
    Object.entries(messagesOf(locale)).filter(([key]) => isPageWord(key) === (part === 'pages')),
  )
}

/**
 * `virtual:messages` exports `locales`: for each locale functions that load its compiled messages, a chunk for every
 * place and one for the pages of the tab, so that no parser and no other language reaches the browser.
 */
export function messages(options: { pseudo: boolean }): Plugin {
  const locales = () => [...writtenLocales(), ...(options.pseudo ? pseudoLocales : [])]
  return {
    name: 'rapport:messages',
    resolveId: (id) => (id === listId || id.startsWith(`${listId}/`) ? `\0${id}` : null),
    load(id) {
      if (id === `\0${listId}`) {
        const load = (path: string) => `() => import(${JSON.stringify(`${listId}/${path}`)})`
        const entries = locales().map(
          (locale) =>
            `${JSON.stringify(locale)}: { shared: ${load(locale)}, pages: ${load(`${locale}/pages`)} }`,
        )
        return `export const locales = { ${entries.join(', ')} }`
      }
      if (!id.startsWith(`\0${listId}/`)) return null
      const [locale = '', part] = id.slice(listId.length + 2).split('/')
      if (!pseudoLocales.some((name) => name === locale)) {
        this.addWatchFile(join(folder, `${locale}.json`))
      }
      const messages = partOf(locale, part === 'pages' ? 'pages' : 'shared')
      return `export default ${JSON.stringify(messages)}`
    },
  }
}

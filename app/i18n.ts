import { locales } from 'virtual:messages'
import { chooseLocale, formatLocale } from './locale.ts'
import { makeWords, type Words } from './words.ts'

/** Loads the words for the wanted locale: that language where we have it, else English. */
export async function loadWords(wanted: string | null, timeZone: string): Promise<Words> {
  const chosen = chooseLocale(wanted, Object.keys(locales))
  const messages = await locales[chosen]?.()
  return makeWords(formatLocale(wanted, chosen), messages?.default ?? {}, timeZone)
}

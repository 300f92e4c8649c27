import { locales } from 'virtual:messages'
import { chooseLocale, formatLocale } from './locale.ts'
import { makeWords, type Words } from './words.ts'

/**
 * Loads the words for the wanted locale: that language where we have it, else English. The words of the tab's pages
 * come with them where they are asked for.
 */
export async function loadWords(
  wanted: string | null,
  timeZone: string,
  withPages: boolean,
): Promise<Words> {
  const chosen = chooseLocale(wanted, Object.keys(locales))
  const [shared, pages] = await Promise.all([
    locales[chosen]?.shared(),
    withPages ? locales[chosen]?.pages() : undefined,
  ])
  const messages = { ...shared?.default, ...pages?.default }
  return makeWords(formatLocale(wanted, chosen), messages, timeZone)
}

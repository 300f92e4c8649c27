/**
 * The best of the offered locales for a wanted one: the same, then its language, then another variant of that
 * language (never across scripts), then English. Case and `_` do not matter.
 */
export function chooseLocale(wanted: string | null, offered: readonly string[]): string {
  const [language = '', ...rest] = (wanted ?? '').toLowerCase().replaceAll('_', '-').split('-')
  const tried = rest.map((_, index) => [language, ...rest.slice(0, rest.length - index)].join('-'))
  for (const name of [...tried, language]) if (offered.includes(name)) return name
  const variant = offered.find((name) => name.split('-')[0] === language && language !== 'en')
  return variant ?? 'en'
}

/** The locale in which dates and numbers are written: the wanted one where it speaks the chosen language. */
export function formatLocale(wanted: string | null, chosen: string): string {
  const candidates = [wanted?.replaceAll('_', '-'), chosen, 'en']
  const [language] = chosen.split('-')
  for (const candidate of candidates) {
    if (!candidate || candidate.split('-')[0]?.toLowerCase() !== language) continue
    try {
      const [known] = Intl.getCanonicalLocales(candidate)
      if (known !== undefined) return known
    } catch {
      // Private variants of a help desk may be no language tags.
    }
  }
  return 'en'
}

/** Writing direction of a locale. */
export function directionOf(locale: string): 'ltr' | 'rtl' {
  return /^(?:ar|fa|he|ur)\b/i.test(locale) ? 'rtl' : 'ltr'
}

/** One piece of a compiled message. */
export type Part =
  | string
  /** An argument: numbers in the locale's digits, text as it is. */
  | readonly [name: string]
  /** The number of the plural around it, less the offset (`#`). */
  | readonly [kind: 0, name: string, offset: number]
  /** Plural: exact values as `=n`, else the category of the number less the offset. */
  | readonly [kind: 1 | 2, name: string, offset: number, options: Options]
  | readonly [kind: 3, name: string, options: Options]

export type Options = Readonly<Record<string, readonly Part[]>>

/** A message as the build leaves it: plain text, or parts to be joined. */
export type Message = string | readonly Part[]

export type Messages = Readonly<Record<string, Message>>

export type Values = Readonly<Record<string, string | number>>

const pluralRules = new Map<string, Intl.PluralRules>()
const numberFormats = new Map<string, Intl.NumberFormat>()

function kept<T>(cache: Map<string, T>, key: string, make: () => T): T {
  const known = cache.get(key)
  if (known !== undefined) return known
  const made = make()
  cache.set(key, made)
  return made
}

/**
 * Says a compiled message. Text arguments are isolated in right-to-left languages, so that a Latin name does not
 * turn the words around it.
 */
export function say(message: Message, values: Values, locale: string, isolate = false): string {
  if (typeof message === 'string') return message
  return message.map((part) => sayPart(part, values, locale, isolate)).join('')
}

function sayPart(part: Part, values: Values, locale: string, isolate: boolean): string {
  if (typeof part === 'string') return part
  if (part.length === 1) {
    const value = values[part[0]] ?? ''
    if (typeof value === 'number') return sayNumber(value, locale)
    return isolate && value !== '' ? `\u2068${value}\u2069` : value
  }
  if (part[0] === 0) return sayNumber(Number(values[part[1]]) - part[2], locale)
  if (part[0] === 3) {
    const options = part[2]
    return say(options[String(values[part[1]])] ?? options['other'] ?? [], values, locale, isolate)
  }
  const [kind, name, offset, options] = part
  const value = Number(values[name])
  const type = kind === 1 ? 'cardinal' : 'ordinal'
  const rules = kept(pluralRules, type + locale, () => new Intl.PluralRules(locale, { type }))
  const chosen = options[`=${value}`] ?? options[rules.select(value - offset)] ?? options['other']
  return say(chosen ?? [], values, locale, isolate)
}

function sayNumber(value: number, locale: string): string {
  return kept(numberFormats, locale, () => new Intl.NumberFormat(locale)).format(value)
}

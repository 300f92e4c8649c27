import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type en from '../translations/en.json'
import { directionOf } from './locale.ts'
import { type Messages, say, type Values } from './message.ts'

export type Key = keyof (typeof en)['ui']

/** Everything a person reads: words of the interface, and numbers, money and dates by Intl. */
export interface Words {
  locale: string
  direction: 'ltr' | 'rtl'
  t(key: Key, values?: Values): string
  /** The words of a key made at run time, or null when there are none. */
  maybe(key: string, values?: Values): string | null
  number(value: number): string
  /** A part of one as per cent, e.g. 0.1 → 10%. */
  percent(part: number): string
  /** Minor units of a currency: 1050 EUR → €10.50, 1050 JPY → ¥1,050. */
  money(minor: number, currency: string): string
  /** A calendar day `YYYY-MM-DD`. */
  day(day: string): string
  month(day: string): string
  /** Days from one calendar day to another: "3 days ago", "in 2 weeks". */
  fromDay(day: string, today: string): string
  /** Date of an instant in the account's zone. */
  date(instant: string): string
  time(instant: string): string
  dateTime(instant: string): string
  /** Time between an instant and now: "5 hours ago". */
  ago(instant: string, now: number): string
  list(items: readonly string[]): string
}

const dayMs = 86_400_000

/** Days since 1970-01-01 of `YYYY-MM-DD`. */
export function dayNumber(day: string): number {
  return Math.round(Date.parse(`${day}T00:00:00Z`) / dayMs)
}

/** Decimal places of a currency: 2 for EUR, 0 for JPY. */
export function minorDigits(currency: string): number {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency })
  return format.resolvedOptions().maximumFractionDigits ?? 2
}

/** Words in a locale. `locale` formats, `messages` are already in its language; instants show in `timeZone`. */
export function makeWords(locale: string, messages: Messages, timeZone: string): Words {
  const direction = directionOf(locale)
  const isolate = direction === 'rtl'
  const number = new Intl.NumberFormat(locale)
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })
  const month = new Intl.DateTimeFormat(locale, {
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  })
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone })
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone })
  const dateTime = new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone,
  })
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  const list = new Intl.ListFormat(locale, { type: 'conjunction' })
  const money = new Map<string, Intl.NumberFormat>()
  const maybe = (key: string, values: Values = {}) => {
    const message = Object.hasOwn(messages, key) ? messages[key] : undefined
    return message === undefined ? null : say(message, values, locale, isolate)
  }
  return {
    locale,
    direction,
    t: (key, values) => maybe(key, values) ?? key,
    maybe,
    number: (value) => number.format(value),
    percent: (part) => percent.format(part),
    money(minor, currency) {
      const format = money.get(currency) ?? moneyFormat(locale, currency)
      money.set(currency, format)
      return format.format(decimalOf(minor, format.resolvedOptions().maximumFractionDigits ?? 2))
    },
    day: (text) => day.format(dayNumber(text) * dayMs),
    month: (text) => month.format(dayNumber(text) * dayMs),
    fromDay: (text, today) => relativeDays(relative, dayNumber(text) - dayNumber(today)),
    date: (instant) => date.format(Date.parse(instant)),
    time: (instant) => time.format(Date.parse(instant)),
    dateTime: (instant) => dateTime.format(Date.parse(instant)),
    ago: (instant, now) => ago(relative, Date.parse(instant) - now),
    list: (items) => list.format(items),
  }
}

function moneyFormat(locale: string, currency: string): Intl.NumberFormat {
  try {
    return new Intl.NumberFormat(locale, { style: 'currency', currency })
  } catch {
    // No ISO code: a plain number with two places, rather than nothing.
    return new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 })
  }
}

/** Minor units as exact decimal text, which Intl formats without a float in between: 1050, 2 → "10.50". */
export function decimalOf(minor: number, places: number): Intl.StringNumericLiteral {
  const digits = String(Math.abs(Math.trunc(minor))).padStart(places + 1, '0')
  const whole = digits.slice(0, digits.length - places)
  const fraction = places === 0 ? '' : `.${digits.slice(-places)}`
  return decimal(`${minor < 0 ? '-' : ''}${whole}${fraction}`)
}

/** TypeScript wants to see that the text is a number; it was made of digits just above. */
function decimal(text: string): Intl.StringNumericLiteral {
  return text as Intl.StringNumericLiteral
}

function relativeDays(format: Intl.RelativeTimeFormat, days: number): string {
  const size = Math.abs(days)
  if (size < 14) return format.format(days, 'day')
  if (size < 60) return format.format(Math.round(days / 7), 'week')
  if (size < 730) return format.format(Math.round(days / 30.44), 'month')
  return format.format(Math.round(days / 365.25), 'year')
}

function ago(format: Intl.RelativeTimeFormat, ms: number): string {
  const minutes = Math.round(ms / 60_000)
  if (Math.abs(minutes) < 1) return format.format(0, 'second')
  if (Math.abs(minutes) < 60) return format.format(minutes, 'minute')
  const hours = Math.round(ms / 3_600_000)
  if (Math.abs(hours) < 24) return format.format(hours, 'hour')
  return relativeDays(format, Math.round(ms / dayMs))
}

export const WordsContext = createContext<Words | null>(null)

/** The words of the page around. */
export function useWords(): Words {
  const words = useContext(WordsContext)
  if (words === null) throw new Error('Words are used outside of a page.')
  return words
}

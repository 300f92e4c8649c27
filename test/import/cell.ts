import { parseDecimal, roundHalfAway } from './decimal.ts'
import type { FieldType } from './fields.ts'
import { parseInstant } from './instant.ts'
import type { ImportMap } from './maps/map.ts'

export type Cell = string | number | boolean | string[]

export type Reading = { value: Cell } | { problem: string }

const yes = new Set(['true', '1', 'yes', 'y'])
const no = new Set(['false', '0', 'no', 'n'])

const digitsOf = new Map<string, number | null>()

/** Digits of a currency's minor unit, null when the text is no ISO currency. */
export function minorDigits(currency: string): number | null {
  const known = digitsOf.get(currency)
  if (known !== undefined) return known
  const digits = /^[A-Z]{3}$/.test(currency)
    ? (new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
        .maximumFractionDigits ?? null)
    : null
  digitsOf.set(currency, digits)
  return digits
}

function readMoney(text: string, currency: string): Reading {
  const digits = minorDigits(currency)
  if (digits === null) return { problem: `no currency "${currency}", so no minor unit` }
  const amount = parseDecimal(text)
  return amount === null
    ? { problem: `"${text}" is not an amount` }
    : { value: Number(roundHalfAway(amount, digits)) }
}

/** Reads one cell that is not blank; money comes out in minor units of `currency`. */
export function readCell(
  text: string,
  type: FieldType,
  map: Pick<ImportMap, 'dates' | 'zone'>,
  currency: string,
): Reading {
  switch (type) {
    case 'text':
      return { value: text }
    case 'money':
      return readMoney(text, currency)
    case 'integer':
      return /^[+-]?\d{1,15}(?:\.0+)?$/.test(text)
        ? { value: Number(text) }
        : { problem: `"${text}" is not a whole number` }
    case 'instant': {
      const instant = parseInstant(text, map.dates, map.zone)
      return instant === null ? { problem: `"${text}" is not a time` } : { value: instant }
    }
    case 'list':
      return {
        value: text
          .split(/[;|]/)
          .map((part) => part.trim())
          .filter((part) => part !== ''),
      }
    case 'boolean': {
      const word = text.toLowerCase()
      if (yes.has(word)) return { value: true }
      return no.has(word) ? { value: false } : { problem: `"${text}" is neither true nor false` }
    }
  }
}

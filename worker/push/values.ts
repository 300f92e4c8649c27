/** A value of a field; what is not set is not there. */
export type Value = string | number | boolean | readonly string[]
export type Values = Readonly<Record<string, Value>>

/** Stands for a value that nobody knows: something was sent, and no answer came. */
export const UNKNOWN = '\u0000?'

/** Types of fields as the help desk names them. */
export type FieldType =
  | 'text'
  | 'multiselect'
  | 'integer'
  | 'decimal'
  | 'date'
  | 'checkbox'
  | 'tagger'

/** JSON with the keys in order, so that equal values are equal texts. */
export function canonical(values: Values): string {
  const keys = Object.keys(values).toSorted()
  return JSON.stringify(Object.fromEntries(keys.map((key) => [key, values[key]])))
}

/** What the help desk shows of a field, as a value of ours; null = not set. */
export function valueOf(type: FieldType, shown: unknown): Value | null {
  if (shown === null || shown === undefined || shown === '' || shown === false) return null
  switch (type) {
    case 'checkbox':
      return shown === true || shown === 'true' ? true : null
    case 'integer':
    case 'decimal':
      return Number.isFinite(Number(shown)) ? Number(shown) : null
    case 'date':
      return String(shown).slice(0, 10)
    case 'multiselect':
      return Array.isArray(shown) && shown.length > 0 ? shown.map(String).toSorted() : null
    default:
      return String(shown)
  }
}

/** A value as the help desk takes it; null empties the field. */
export function sendable(type: FieldType, value: Value | null): unknown {
  if (value !== null) return value
  if (type === 'checkbox') return false
  return type === 'multiselect' ? [] : null
}

/** The fields to send, so that `has` becomes `wanted`, among the keys that are kept; null empties one. */
export function difference(
  wanted: Values,
  has: Values,
  keys: Iterable<string>,
): Record<string, Value | null> {
  const changes: Record<string, Value | null> = {}
  for (const key of keys) {
    const [next, before] = [wanted[key], has[key]]
    if (JSON.stringify(next) !== JSON.stringify(before)) changes[key] = next ?? null
  }
  return changes
}

/** What the help desk has after changes; keys that are not kept any more are forgotten. */
export function after(
  has: Values,
  changes: Readonly<Record<string, Value | null>>,
  keys: ReadonlySet<string>,
): Values {
  const next = new Map(Object.entries(has).filter(([key]) => keys.has(key)))
  for (const [key, value] of Object.entries(changes)) {
    if (value === null) next.delete(key)
    else if (keys.has(key)) next.set(key, value)
  }
  return Object.fromEntries(next)
}

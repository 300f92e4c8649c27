import { minorDigits } from '../money.ts'
import { averageSpend } from '../orders/totals.ts'
import { checkboxKey, choices, fieldsOf, type FieldName, prefix, userFields } from './catalog.ts'
import { type PushPerson, textOfDay, yearlySpend } from './person.ts'
import type { Reason, Reasons } from './reason.ts'
import type { PushSettings } from './settings.ts'
import type { FieldType, Value, Values } from './values.ts'

/** What the help desk should hold of a person, and why, by field key. */
export interface Wanted {
  values: Values
  /** One for each value, for whoever asks why it was written. */
  because: Reasons
}

/** Tag of a segment, of its checkbox or as an option. */
export const tagOf = (segment: string) => `${prefix}${segment}`
/** Key of the field that an action on a list fills. */
export const markKey = (name: string) => `${prefix}list_${name}`

/** Keys and types of all fields that these settings keep, in their order. `marks`: names of actions, with their types. */
export function keptFields(
  settings: PushSettings,
  marks: Iterable<readonly [string, FieldType]> = [],
): Map<string, FieldType> {
  const kept = new Map<string, FieldType>()
  for (const choice of choices) {
    if (!settings.fields.includes(choice)) continue
    for (const name of fieldsOf[choice]) kept.set(userFields[name].key, userFields[name].type)
  }
  for (const segment of settings.checkboxes) kept.set(checkboxKey(segment), 'checkbox')
  for (const [name, type] of marks) kept.set(markKey(name), type)
  return kept
}

/** Longest text that is written. */
const longest = 500

/**
 * What the fields of a help-desk user should hold. Money in units of `currency` with its decimals; what is not known
 * is left empty, never 0.
 */
export function wanted(
  person: PushPerson,
  settings: PushSettings,
  currency: string,
  kept: ReadonlyMap<string, FieldType>,
): Wanted {
  const { totals, segments, badRating, mood } = person
  const buys = totals.orders > 0
  const digits = minorDigits(currency)
  const money = (minor: number | null) =>
    minor === null ? null : Number((minor / 10 ** digits).toFixed(digits))
  const keys = segments.map(({ key }) => key).toSorted()
  const last = textOfDay(totals.last)
  const bought: Reason = { why: 'orders', orders: totals.orders, last }
  const isIn: Reason = { why: 'segments', segments: keys }
  const felt: Reason = { why: 'mood' }
  const rated: Reason =
    badRating === null
      ? { why: 'over' }
      : { why: 'rating', ticket: badRating.ticket, until: badRating.until }
  const fields: Record<FieldName, [Value | null, Reason]> = {
    segments: [keys.length === 0 ? null : keys.join(', ').slice(0, longest), isIn],
    segmentTags: [keys.length === 0 ? null : keys.map(tagOf).toSorted(), isIn],
    orders: [buys ? totals.orders : null, bought],
    orderValue: [buys ? money(totals.value) : null, bought],
    averageSpend: [money(averageSpend(totals)), bought],
    latestPurchase: [last, bought],
    yearlySpend: [
      money(roundOrNull(yearlySpend(person))),
      { ...bought, first: textOfDay(totals.first) },
    ],
    preferredLine: [person.preferredLine?.slice(0, longest) ?? null, { why: 'line' }],
    planDate: [person.planDate, { why: 'trait', name: settings.planTrait ?? '' }],
    sentiment: [mood === 'unknown' ? null : mood, felt],
    negative: [mood === 'negative' ? true : null, felt],
    badRating: [badRating === null ? null : true, rated],
    badRatingOn: [badRating?.day ?? null, rated],
    badRatingReason: [badRating?.reasons.join(', ').slice(0, longest) || null, rated],
  }
  const values: Record<string, Value> = {}
  const because: Reasons = {}
  const put = (key: string, value: Value | null, why: Reason) => {
    if (value === null || !kept.has(key)) return
    values[key] = value
    because[key] = why
  }
  for (const name of Object.keys(fields) as FieldName[]) {
    put(userFields[name].key, ...fields[name])
  }
  for (const { key, since, until } of segments) {
    // Keys of fields say less than keys of segments: only a chosen one's field is its own.
    if (!settings.checkboxes.includes(key)) continue
    put(checkboxKey(key), true, { why: 'member', since, until })
  }
  for (const [name, value] of Object.entries(person.marks)) {
    put(markKey(name), value, { why: 'action' })
  }
  return { values, because }
}

function roundOrNull(value: number | null): number | null {
  return value === null ? null : Math.round(value)
}

/** What an open ticket of a person should hold, by our names of its fields. `changed`: the user was last written to. */
export function wantedOfTicket(
  person: PushPerson,
  settings: PushSettings,
  changed: number | null,
): Wanted {
  const vip = person.segments.find(({ key }) => key === 'vip')
  const values: Record<string, Value> = {}
  const because: Reasons = {}
  if (settings.ticketFields && vip !== undefined) {
    values['vip'] = true
    because['vip'] = { why: 'member', since: vip.since, until: vip.until }
  }
  if (settings.ticketFields && person.mood !== null && person.mood !== 'unknown') {
    values['sentiment'] = tagOf(person.mood)
    because['sentiment'] = { why: 'mood' }
  }
  if (settings.touchTickets && changed !== null) {
    values['touched'] = new Date(changed).toISOString()
    because['touched'] = { why: 'customer' }
  }
  return { values, because }
}

/** Names of the ticket fields that these settings keep. */
export function keptTicketFields(settings: PushSettings): Map<string, FieldType> {
  const kept = new Map<string, FieldType>()
  if (settings.ticketFields) kept.set('vip', 'checkbox').set('sentiment', 'tagger')
  if (settings.touchTickets) kept.set('touched', 'text')
  return kept
}

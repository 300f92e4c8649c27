import { minorDigits } from '../money.ts'
import { averageSpend } from '../orders/totals.ts'
import { choices, fieldsOf, type FieldName, prefix, userFields } from './catalog.ts'
import { type PushPerson, textOfDay, yearlySpend } from './person.ts'
import type { PushSettings } from './settings.ts'
import type { FieldType, Value, Values } from './values.ts'

/** What the help desk should hold of a person, and why, by field key. */
export interface Wanted {
  values: Values
  /** One short sentence for each value, for whoever asks why it was written. */
  because: Record<string, string>
}

/** Key of the checkbox of a segment. */
export const checkboxKey = (segment: string) => `${prefix}is_${segment}`
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
  const ordersText = `${totals.orders} counted orders, the latest on ${textOfDay(totals.last) ?? '-'}`
  const segmentsText = segments.map(({ key, since }) => `${key} since ${since}`).join(', ')
  const flagText =
    badRating === null ? '' : `ticket ${badRating.ticket}, until ${badRating.until} at most`
  const fields: Record<FieldName, [Value | null, string]> = {
    segments: [keys.length === 0 ? null : keys.join(', ').slice(0, longest), segmentsText],
    segmentTags: [keys.length === 0 ? null : keys.map(tagOf).toSorted(), segmentsText],
    orders: [buys ? totals.orders : null, ordersText],
    orderValue: [buys ? money(totals.value) : null, ordersText],
    averageSpend: [money(averageSpend(totals)), ordersText],
    latestPurchase: [textOfDay(totals.last), ordersText],
    yearlySpend: [
      money(roundOrNull(yearlySpend(person))),
      `${ordersText}, the first on ${textOfDay(totals.first) ?? '-'}`,
    ],
    preferredLine: [
      person.preferredLine?.slice(0, longest) ?? null,
      'in most counted orders of the last 12 months',
    ],
    planDate: [person.planDate, `trait ${settings.planTrait ?? ''}`],
    sentiment: [mood === 'unknown' ? null : mood, 'mood of the messages'],
    negative: [mood === 'negative' ? true : null, 'mood of the messages'],
    badRating: [badRating === null ? null : true, flagText],
    badRatingOn: [badRating?.day ?? null, flagText],
    badRatingReason: [badRating?.reasons.join(', ').slice(0, longest) || null, flagText],
  }
  const values: Record<string, Value> = {}
  const because: Record<string, string> = {}
  const put = (key: string, value: Value | null, why: string) => {
    if (value === null || !kept.has(key)) return
    values[key] = value
    because[key] = why
  }
  for (const name of Object.keys(fields) as FieldName[]) {
    put(userFields[name].key, ...fields[name])
  }
  for (const { key, since, until } of segments) {
    const end = until === null ? '' : `, until ${until} if nothing happens`
    put(checkboxKey(key), true, `since ${since}${end}`)
  }
  for (const [name, value] of Object.entries(person.marks)) {
    put(markKey(name), value, 'acted on a list')
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
  const because: Record<string, string> = {}
  if (settings.ticketFields && vip !== undefined) {
    values['vip'] = true
    because['vip'] = `since ${vip.since}`
  }
  if (settings.ticketFields && person.mood !== null && person.mood !== 'unknown') {
    values['sentiment'] = tagOf(person.mood)
    because['sentiment'] = 'mood of the messages'
  }
  if (settings.touchTickets && changed !== null) {
    values['touched'] = new Date(changed).toISOString()
    because['touched'] = 'fields of the customer changed'
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

import {
  type FactSettings,
  type OrderFacts,
  orderFactsOf,
  type OrderRow,
  type RefundRow,
} from '../orders/facts.ts'
import {
  type MessageFacts,
  messageFactsOf,
  type MessageRow,
  type RatingFacts,
  ratingFactsOf,
  type RatingRow,
  type SentimentFacts,
  sentimentFactsOf,
  type TicketFacts,
  ticketFactsOf,
  type TicketRow,
} from '../tickets/facts.ts'
import { type SurveyFacts, surveyFactsOf } from '../tickets/surveys.ts'
import { type Column, columnBuilder, type Word } from '../timeline/column.ts'
import { OPEN } from '../timeline/intervals.ts'
import { isObject, offsetsOf, place } from '../timeline/rows.ts'

export type { FactSettings } from '../orders/facts.ts'

/** A row of table `profiles`. */
export interface ProfileRow {
  person: number
  key: string
  channel: string | null
  name: string | null
  email: string | null
  phone: string | null
  createdAt: number | null
  updatedAt: number | null
}

/** A row of table `observations`: name is `trait:<name>` or `tag:<tag>`, value is JSON. */
export interface ObservationRow {
  person: number
  profile: string
  name: string
  at: number
  value: string
}

/** All rows of some persons. */
export interface Rows {
  orders: readonly OrderRow[]
  refunds: readonly RefundRow[]
  tickets: readonly TicketRow[]
  messages: readonly MessageRow[]
  ratings: readonly RatingRow[]
  observations: readonly ObservationRow[]
  profiles: readonly ProfileRow[]
}

/** Dated sights of traits and tags, by instant; a value holds for its profile and name until the next. */
export interface ObservationFacts {
  readonly offsets: Int32Array
  readonly day: Int32Array
  /** `trait:<name>` or `tag:<tag>`. */
  readonly name: Column
  /** No value: the trait was removed. Lists have several. Tags: true or false. */
  readonly value: Column
  /** Which of the person's profiles it came with, counted from 0 within the person. */
  readonly profile: Int32Array
}

/** The source customers of each person, in key order. */
export interface ProfileFacts {
  readonly offsets: Int32Array
  readonly key: readonly string[]
  readonly channel: readonly (string | null)[]
  readonly name: readonly (string | null)[]
  readonly email: readonly (string | null)[]
  readonly phone: readonly (string | null)[]
  /** Epoch ms; NaN = unknown. */
  readonly updatedAt: Float64Array
}

/**
 * Everything known of some persons, as plain typed arrays, dictionaries and side tables: no functions, no maps,
 * so that it can be stored field by field. Person i has id persons[i]; every noun's rows are found by its offsets.
 *
 * When `split` is set, entry i is an instance, that is a person restricted to the orders with one value of a
 * property: `orders` has the instance's rows at i, all other nouns have the person's rows at `source[i]`.
 */
export interface Facts {
  /** Person ids, ascending (repeated in a split). */
  readonly persons: Int32Array
  /**
   * First day on which anything is known of the person; OPEN when nothing is. Rules hold from this day on and
   * not before, also those that hold without an event ("no counted order"). Of an instance: its first counted order.
   */
  readonly from: Int32Array
  /** Row of entry i in every noun but orders. */
  readonly source: Int32Array
  /** Day of the earliest profile's creation; OPEN = unknown. */
  readonly created: Int32Array
  readonly orders: OrderFacts
  readonly tickets: TicketFacts
  readonly messages: MessageFacts
  readonly ratings: RatingFacts
  readonly surveys: SurveyFacts
  readonly sentiment: SentimentFacts
  readonly observations: ObservationFacts
  readonly profiles: ProfileFacts
  readonly split: Split | null
}

/** The property value of each instance: `words[value[i]]`, or none (−1). */
export interface Split {
  readonly property: string
  readonly words: readonly Word[]
  readonly value: Int32Array
}

function observationFactsOf(
  persons: Int32Array,
  rows: readonly ObservationRow[],
  settings: Pick<FactSettings, 'dayOf'>,
): ObservationFacts {
  const placed = place(
    rows,
    persons,
    (row) => row.at,
    (row) => `${row.profile} ${row.name}`,
  )
  const name = columnBuilder()
  const value = columnBuilder()
  const profile = new Int32Array(placed.length)
  let seen = new Map<string, number>()
  placed.forEach(({ row, owner }, k) => {
    if (k > 0 && placed[k - 1]?.owner !== owner) seen = new Map()
    const local = seen.get(row.profile) ?? seen.size
    seen.set(row.profile, local)
    profile[k] = local
    name.add(k, row.name)
    for (const word of wordsIn(row.value)) value.add(k, word)
  })
  return {
    offsets: offsetsOf(
      Int32Array.from(placed, ({ owner }) => owner),
      persons.length,
    ),
    day: Int32Array.from(placed, ({ at }) => settings.dayOf(at)),
    name: name.build(placed.length),
    value: value.build(placed.length),
    profile,
  }
}

function wordsIn(json: string): Word[] {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    return []
  }
  const list: unknown[] = Array.isArray(value) ? value : isObject(value) ? [] : [value]
  return list.filter(
    (one) => typeof one === 'string' || typeof one === 'number' || typeof one === 'boolean',
  )
}

function profileFactsOf(persons: Int32Array, rows: readonly ProfileRow[]): ProfileFacts {
  const placed = place(
    rows,
    persons,
    () => 0,
    (row) => row.key,
  )
  return {
    offsets: offsetsOf(
      Int32Array.from(placed, ({ owner }) => owner),
      persons.length,
    ),
    key: placed.map(({ row }) => row.key),
    channel: placed.map(({ row }) => row.channel),
    name: placed.map(({ row }) => row.name),
    email: placed.map(({ row }) => row.email),
    phone: placed.map(({ row }) => row.phone),
    updatedAt: Float64Array.from(placed, ({ row }) => row.updatedAt ?? Number.NaN),
  }
}

function personsIn(rows: Rows): Int32Array {
  const ids = new Set<number>()
  for (const list of Object.values(rows)) for (const row of list) ids.add(row.person)
  return Int32Array.from(ids).toSorted()
}

const NO_ROWS: Rows = {
  orders: [],
  refunds: [],
  tickets: [],
  messages: [],
  ratings: [],
  observations: [],
  profiles: [],
}

/**
 * Facts of the given persons from their rows, in any order; nouns that are not given have no rows. Without
 * `persons`: of everyone who has a row.
 */
export function factsOf(
  rows: Partial<Rows>,
  settings: FactSettings,
  persons?: readonly number[],
): Facts {
  const all = { ...NO_ROWS, ...rows }
  const ids = persons === undefined ? personsIn(all) : Int32Array.from(persons).toSorted()
  const created = new Int32Array(ids.length).fill(OPEN)
  const placed = place(
    all.profiles,
    ids,
    (row) => row.createdAt ?? Infinity,
    (row) => row.key,
  )
  for (const { owner, at } of placed) {
    if (Number.isFinite(at)) {
      created[owner] = Math.min(created[owner] ?? OPEN, settings.dayOf(at))
    }
  }
  return withDomain({
    persons: ids,
    created,
    orders: orderFactsOf(ids, all.orders, all.refunds, settings),
    tickets: ticketFactsOf(ids, all.tickets, all.messages, settings),
    messages: messageFactsOf(ids, all.messages, settings),
    ratings: ratingFactsOf(ids, all.ratings, settings),
    surveys: surveyFactsOf(ids, all.ratings, all.tickets, all.messages, settings),
    sentiment: sentimentFactsOf(ids, all.messages, settings),
    observations: observationFactsOf(ids, all.observations, settings),
    profiles: profileFactsOf(ids, all.profiles),
  })
}

/** Completes facts with what follows from them: the first known day of each person. */
export function withDomain(facts: Omit<Facts, 'from' | 'source' | 'split'>): Facts {
  const { persons, orders, tickets, messages, ratings, observations } = facts
  const from = Int32Array.from(facts.created)
  const source = new Int32Array(persons.length)
  const nouns = [orders, orders.refunds, tickets, messages, ratings, observations]
  for (let i = 0; i < persons.length; i += 1) {
    source[i] = i
    for (const { offsets, day } of nouns) {
      const first = offsets[i] ?? 0
      if (first < (offsets[i + 1] ?? 0)) from[i] = Math.min(from[i] ?? OPEN, day[first] ?? OPEN)
    }
  }
  return { ...facts, from, source, split: null }
}

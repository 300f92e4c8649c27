import { type Column, columnBuilder, type NamedColumn } from '../timeline/column.ts'
import { type DayMood, dayMoods } from '../sentiment/daily.ts'
import { countedOf } from '../sentiment/kept.ts'
import { levelOf } from './level.ts'
import { type OutcomeFacts, outcomeFactsOf } from './outcomes.ts'
import { isObject, jsonObject, offsetsOf, place } from '../timeline/rows.ts'

/** A row of table `tickets`; `at` = created at, epoch ms. */
export interface TicketRow {
  person: number
  at: number
  id: string
  channel: string
  status: string
  type: string | null
  /** JSON: tags, fields, orderIds, mergedInto. */
  detail: string
}

/** A row of table `messages`. */
export interface MessageRow {
  person: number
  ticket: string
  id: string
  at: number
  author: string
  public: number
  /** JSON of `KeptSentiment`; null where nothing was scored. */
  sentiment: string | null
  /** What an agent said it is. */
  corrected?: string | null
}

/** A row of table `ratings`. */
export interface RatingRow {
  person: number
  ticket: string
  id: string
  ratedAt: number | null
  level: number | null
  scale: number
  /** JSON list. */
  reasons: string
  groupName?: string | null
}

/** Dated rows of persons: person i has the rows offsets[i] … offsets[i + 1] − 1, by instant, then id. */
export interface EventFacts {
  readonly offsets: Int32Array
  readonly day: Int32Array
  /** May be empty when a question needs no ids. */
  readonly id: readonly string[]
}

/** Tickets by creation. Status and fields have no history: the current ones apply from creation. */
export interface TicketFacts extends EventFacts {
  readonly channel: Column
  readonly type: Column
  readonly status: Column
  readonly tag: Column
  readonly fields: readonly NamedColumn[]
  readonly outcomes: OutcomeFacts
}

/** Answered ratings by the day of the answer; raw levels. */
export interface RatingFacts extends EventFacts {
  readonly level: Column
  readonly scale: Column
  readonly reason: Column
  /** good, neutral, bad: what the level means on its scale. */
  readonly verdict: Column
}

export interface MessageFacts extends EventFacts {
  readonly author: Column
  /** true, false */
  readonly public: Column
}

/** A person's mood after each day with scored messages; it decays until the next. */
export interface SentimentFacts {
  readonly offsets: Int32Array
  readonly day: Int32Array
  /** Sums of decayed weights, and of weight × score, at the end of the day. */
  readonly weight: Float64Array
  readonly value: Float64Array
}

const OPEN_STATUSES = new Set(['new', 'open', 'pending', 'hold'])

export function isOpenStatus(status: string): boolean {
  return OPEN_STATUSES.has(status)
}

type Dated = { dayOf: (instant: number) => number }

function eventsOf(
  placed: readonly { owner: number; at: number; id: string }[],
  count: number,
  { dayOf }: Dated,
): EventFacts {
  return {
    offsets: offsetsOf(
      Int32Array.from(placed, ({ owner }) => owner),
      count,
    ),
    day: Int32Array.from(placed, ({ at }) => dayOf(at)),
    id: placed.map(({ id }) => id),
  }
}

const isWord = (value: unknown): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'

export function ticketFactsOf(
  persons: Int32Array,
  rows: readonly TicketRow[],
  messages: readonly MessageRow[],
  settings: Dated,
): TicketFacts {
  const placed = place(
    rows,
    persons,
    (row) => row.at,
    (row) => row.id,
  )
  const channel = columnBuilder()
  const type = columnBuilder()
  const status = columnBuilder()
  const tag = columnBuilder()
  const fields = new Map<string, ReturnType<typeof columnBuilder>>()
  placed.forEach(({ row }, k) => {
    channel.add(k, row.channel)
    if (row.type !== null) type.add(k, row.type)
    status.add(k, row.status)
    const detail = jsonObject(row.detail)
    if (Array.isArray(detail['tags'])) {
      for (const one of detail['tags']) if (typeof one === 'string') tag.add(k, one)
    }
    if (isObject(detail['fields'])) {
      for (const [name, value] of Object.entries(detail['fields'])) {
        const builder = fields.get(name) ?? columnBuilder()
        fields.set(name, builder)
        for (const one of Array.isArray(value) ? value : [value])
          if (isWord(one)) builder.add(k, one)
      }
    }
  })
  const count = placed.length
  return {
    ...eventsOf(placed, persons.length, settings),
    channel: channel.build(count),
    type: type.build(count),
    status: status.build(count),
    tag: tag.build(count),
    fields: [...fields].map(([name, builder]) => ({ name, column: builder.build(count) })),
    outcomes: outcomeFactsOf(placed, messages),
  }
}

export function ratingFactsOf(
  persons: Int32Array,
  rows: readonly RatingRow[],
  settings: Dated,
): RatingFacts {
  const answered = rows.filter((row) => row.ratedAt !== null && row.level !== null)
  const placed = place(
    answered,
    persons,
    (row) => row.ratedAt ?? 0,
    (row) => row.id,
  )
  const level = columnBuilder()
  const scale = columnBuilder()
  const reason = columnBuilder()
  const verdict = columnBuilder()
  placed.forEach(({ row }, k) => {
    if (row.level !== null) level.add(k, row.level)
    scale.add(k, row.scale)
    const meaning = levelOf(row.level ?? 0, row.scale)
    if (meaning !== null) verdict.add(k, meaning.verdict)
    for (const one of stringsIn(row.reasons)) reason.add(k, one)
  })
  const count = placed.length
  return {
    ...eventsOf(placed, persons.length, settings),
    level: level.build(count),
    scale: scale.build(count),
    reason: reason.build(count),
    verdict: verdict.build(count),
  }
}

function stringsIn(text: string): string[] {
  if (text === '' || text === '[]') return []
  const value = jsonObject(`{"list":${text}}`)['list']
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
}

export function messageFactsOf(
  persons: Int32Array,
  rows: readonly MessageRow[],
  settings: Dated,
): MessageFacts {
  const placed = place(
    rows,
    persons,
    (row) => row.at,
    (row) => row.id,
  )
  const author = columnBuilder()
  const open = columnBuilder()
  placed.forEach(({ row }, k) => {
    author.add(k, row.author)
    open.add(k, row.public !== 0)
  })
  return {
    ...eventsOf(placed, persons.length, settings),
    author: author.build(placed.length),
    public: open.build(placed.length),
  }
}

/** Moods of persons by day, from the scored public messages that they wrote. */
export function sentimentFactsOf(
  persons: Int32Array,
  rows: readonly MessageRow[],
  { dayOf }: Dated,
): SentimentFacts {
  const scored = rows.filter(
    (row) => row.sentiment !== null && row.author === 'customer' && row.public !== 0,
  )
  const placed = place(
    scored,
    persons,
    (row) => row.at,
    (row) => row.id,
  )
  const owners: number[] = []
  const moods: DayMood[] = []
  for (const [owner, list] of Map.groupBy(placed, (one) => one.owner)) {
    const messages = list.flatMap(({ row, id, at }) => {
      const counted = countedOf({
        ...jsonObject(row.sentiment ?? ''),
        corrected: row.corrected,
      })
      return counted === null
        ? []
        : [{ id, ticket: row.ticket, day: dayOf(at), score: counted.score }]
    })
    for (const mood of dayMoods(messages)) {
      owners.push(owner)
      moods.push(mood)
    }
  }
  return {
    offsets: offsetsOf(Int32Array.from(owners), persons.length),
    day: Int32Array.from(moods, ({ day }) => day),
    weight: Float64Array.from(moods, ({ weight }) => weight),
    value: Float64Array.from(moods, ({ value }) => value),
  }
}

/** The moods of one person. */
export function moodsOf({ offsets, day, weight, value }: SentimentFacts, owner: number): DayMood[] {
  const moods: DayMood[] = []
  for (let k = offsets[owner] ?? 0; k < (offsets[owner + 1] ?? 0); k += 1) {
    moods.push({ day: day[k] ?? 0, weight: weight[k] ?? 0, value: value[k] ?? 0 })
  }
  return moods
}

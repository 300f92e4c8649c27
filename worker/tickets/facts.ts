import { type Column, columnBuilder, type NamedColumn } from '../timeline/column.ts'
import { levelOf } from './level.ts'
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
  /** JSON: score, label; null until scored. */
  sentiment: string | null
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

/** A person's sentiment as dated values; each holds until the next. */
export interface SentimentFacts {
  readonly offsets: Int32Array
  readonly day: Int32Array
  readonly score: Float64Array
  readonly label: Column
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

/**
 * A person's sentiment by day: here the score of the latest scored customer message. The one place that knows
 * how messages become a person's score.
 */
export function sentimentFactsOf(
  persons: Int32Array,
  rows: readonly MessageRow[],
  settings: Dated,
): SentimentFacts {
  const scored = rows.filter((row) => row.sentiment !== null && row.author === 'customer')
  const placed = place(
    scored,
    persons,
    (row) => row.at,
    (row) => row.id,
  )
  const label = columnBuilder()
  const score = new Float64Array(placed.length)
  placed.forEach(({ row }, k) => {
    const sentiment = jsonObject(row.sentiment ?? '')
    score[k] = typeof sentiment['score'] === 'number' ? sentiment['score'] : Number.NaN
    if (typeof sentiment['label'] === 'string') label.add(k, sentiment['label'])
  })
  const { offsets, day } = eventsOf(placed, persons.length, settings)
  return { offsets, day, score, label: label.build(placed.length) }
}

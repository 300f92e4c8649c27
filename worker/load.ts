import type { Account } from './accounts/account.ts'
import { type Facts, factsOf, type Rows } from './customers/facts.ts'
import { withContacts } from './customers/contact.ts'
import type { Need } from './customers/slices.ts'
import { selectObservations, selectProfiles } from './customers/store.ts'
import type { Db, Outcome } from './db.ts'
import { type RateTable, rateKey, unknownRates } from './orders/conversion.ts'
import { selectOrders, selectRates, selectRefunds } from './orders/store.ts'
import { type Sql, sql } from './sql.ts'
import { selectMessages, selectRatings, selectTickets } from './tickets/store.ts'
import { type Day, dayCounter } from './time.ts'

/** What loading needs to know of an account. */
export type Loaded = Pick<Account, 'id' | 'timeZone' | 'currency' | 'countUnpaid' | 'revision'>

/** Some persons of an account. Over one pass every person comes once, in `facts` or in `tail`. */
export interface Range {
  /** Facts as they were stored some time ago. */
  facts: Facts
  /** 1 = leave out the person at this index of `facts`: the tail has it, or it was not asked for. */
  skip: Uint8Array
  /** The persons whose facts changed since, with their whole timelines. */
  tail: Facts
}

/** Person ids of one range: first … first + RANGE_SIZE − 1. */
export const RANGE_SIZE = 20_000

/** A page of persons read from rows aims at so many rows; bounds what is in memory at once. */
const pages = { rows: 20_000, first: 500, most: 2_000 }

export interface RangeOptions {
  /** Only these persons. */
  persons?: readonly number[]
  rangeSize?: number
}

/** Rows are as their SELECT names them; D1 cannot say so in types. */
function rowsOf<Row>(outcome: Outcome | undefined): readonly Row[] {
  return (outcome?.rows ?? []) as unknown as readonly Row[]
}

const nouns = [
  'orders',
  'refunds',
  'tickets',
  'messages',
  'ratings',
  'observations',
  'profiles',
] as const

const selects = {
  orders: selectOrders,
  refunds: selectRefunds,
  tickets: selectTickets,
  messages: selectMessages,
  ratings: selectRatings,
  observations: selectObservations,
  profiles: selectProfiles,
} as const satisfies Record<keyof Rows, (account: number, owners: Sql) => Sql>

/** Statements that read the whole timelines of the persons that `owners` chooses. */
function selectTimelines(account: number, owners: Sql): Sql[] {
  return nouns.map((noun) => selects[noun](account, owners))
}

function timelinesOf(outcomes: readonly Outcome[]): Rows {
  return {
    orders: rowsOf(outcomes[0]),
    refunds: rowsOf(outcomes[1]),
    tickets: rowsOf(outcomes[2]),
    messages: rowsOf(outcomes[3]),
    ratings: rowsOf(outcomes[4]),
    observations: rowsOf(outcomes[5]),
    profiles: rowsOf(outcomes[6]),
  }
}

function among(persons: readonly number[]): Sql {
  return sql`person IN (SELECT value FROM json_each(${JSON.stringify(persons)}))`
}

/** Turns rows into facts; asks for the exchange rates that occur, each once. */
export interface Reader {
  factsFrom(rows: Rows, persons?: readonly number[]): Promise<Facts>
  readonly dayOf: (instant: number) => Day
}

export function readerOf(db: Db, account: Loaded): Reader {
  const dayOf = dayCounter(account.timeZone)
  const table: RateTable = new Map()
  return {
    dayOf,
    async factsFrom(rows, persons) {
      const unknown = unknownRates(rows.orders, rows.refunds, account.currency, dayOf, table)
      if (unknown.length > 0) {
        const found = await db.all<{ currency: string; day: Day; rate: number }>(
          selectRates(account.id, account.currency, unknown),
        )
        for (const { currency, day } of unknown) table.set(rateKey(currency, day), null)
        for (const { currency, day, rate } of found) table.set(rateKey(currency, day), rate)
      }
      const settings = {
        dayOf,
        baseCurrency: account.currency,
        rateOf: (currency: string, day: Day) => table.get(rateKey(currency, day)) ?? null,
        countUnpaid: account.countUnpaid,
      }
      return factsOf(rows, settings, persons)
    },
  }
}

function highestSeq(account: number): Sql {
  return sql`SELECT coalesce(max(seq), 0) AS seq FROM journal WHERE account = ${account}`
}

/**
 * Facts of the given persons from their rows, and the journal's highest entry at that moment: both are read in
 * one transaction. Persons without rows are there, with nothing known of them.
 */
export async function loadPersons(
  db: Db,
  account: Loaded,
  persons: readonly number[],
): Promise<{ facts: Facts; rows: Rows; seq: number }> {
  const [highest, ...outcomes] = await db.batch([
    highestSeq(account.id),
    ...selectTimelines(account.id, among(persons)),
  ])
  const seq = rowsOf<{ seq: number }>(highest)[0]?.seq ?? 0
  const unique = [...new Set(persons)]
  const rows = withContacts(timelinesOf(outcomes))
  return { facts: await readerOf(db, account).factsFrom(rows, unique), rows, seq }
}

/**
 * All persons of an account (or those asked for), range by range, with at least the facts that are needed. Each
 * person is seen at one moment; persons that are merged meanwhile may be seen before or after it.
 */
export async function* eachRange(
  db: Db,
  account: Loaded,
  _needs: Iterable<Need>,
  options: RangeOptions = {},
): AsyncGenerator<Range> {
  const reader = readerOf(db, account)
  const last = await db.first<{ person: number }>(
    sql`SELECT coalesce(max(person), 0) AS person FROM profiles WHERE account = ${account.id}`,
  )
  const tail = await reader.factsFrom(timelinesOf([]))
  const wanted = options.persons === undefined ? null : new Set(options.persons)
  for await (const { facts } of eachPage(db, account, reader, 1, last?.person ?? 0)) {
    yield { facts, skip: skipOf(facts.persons, wanted), tail }
  }
}

function skipOf(persons: Int32Array, wanted: ReadonlySet<number> | null): Uint8Array {
  if (wanted === null) return new Uint8Array(persons.length)
  return Uint8Array.from(persons, (person) => (wanted.has(person) ? 0 : 1))
}

/**
 * The persons first … last from their rows, page by page. `seq` is the journal's highest entry when the first
 * page was read.
 */
export async function* eachPage(
  db: Db,
  account: Loaded,
  reader: Reader,
  first: number,
  last: number,
): AsyncGenerator<{ facts: Facts; seq: number }> {
  let seq: number | null = null
  let size = pages.first
  for (let start = Math.max(1, first); start <= last;) {
    const end = Math.min(last, start + size - 1)
    const owners = sql`person BETWEEN ${start} AND ${end}`
    const [highest, ...outcomes] = await db.batch([
      highestSeq(account.id),
      ...selectTimelines(account.id, owners),
    ])
    seq ??= rowsOf<{ seq: number }>(highest)[0]?.seq ?? 0
    const rows = timelinesOf(outcomes)
    const count = nouns.reduce((sum, noun) => sum + rows[noun].length, 0)
    yield { facts: await reader.factsFrom(rows), seq }
    const persons = end - start + 1
    const fitting = Math.floor((persons * pages.rows) / Math.max(count, 1))
    size = Math.max(1, Math.min(pages.most, size * 4, fitting))
    start = end + 1
  }
}

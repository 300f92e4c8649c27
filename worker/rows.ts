import type { Account } from './accounts/account.ts'
import { withContacts } from './customers/contact.ts'
import { type Facts, factsOf, type Rows } from './customers/facts.ts'
import { selectObservations, selectProfiles } from './customers/store.ts'
import type { Db, Outcome } from './db.ts'
import { type RateTable, rateKey, unknownRates } from './orders/conversion.ts'
import { selectOrders, selectRates, selectRefunds } from './orders/store.ts'
import { type Sql, sql } from './sql.ts'
import { selectMessages, selectRatings, selectTickets } from './tickets/store.ts'
import { type Day, dayCounter } from './time.ts'

/** What reading facts needs to know of an account. */
export type Loaded = Pick<Account, 'id' | 'timeZone' | 'currency' | 'countUnpaid' | 'revision'>

/** A page of persons read from rows aims at so many rows; bounds what is in memory at once. */
const pages = { rows: 20_000, first: 500, most: 2_000 }

/** Rows are as their SELECT names them; D1 cannot say so in types. */
export function rowsOf<Row>(outcome: Outcome | undefined): readonly Row[] {
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
export function selectTimelines(account: number, owners: Sql): Sql[] {
  return nouns.map((noun) => selects[noun](account, owners))
}

/** Whole timelines, with profiles that know what their orders and tickets say of the person. */
export function timelinesOf(outcomes: readonly Outcome[]): Rows {
  return withContacts({
    orders: rowsOf(outcomes[0]),
    refunds: rowsOf(outcomes[1]),
    tickets: rowsOf(outcomes[2]),
    messages: rowsOf(outcomes[3]),
    ratings: rowsOf(outcomes[4]),
    observations: rowsOf(outcomes[5]),
    profiles: rowsOf(outcomes[6]),
  })
}

export function among(persons: readonly number[]): Sql {
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

/** The journal's last entry, and the last one that tells of facts; one row, none while it is empty. */
export function selectHighestSeq(account: number): Sql {
  return sql`SELECT seq, ${told} AS facts FROM journal WHERE account = ${account}
    ORDER BY seq DESC LIMIT 1`
}

/** Of an entry: the latest one up to it that tells of facts. */
const told = sql`CASE facts WHEN 1 THEN seq ELSE prior END`

/** The same as a value, 0 while no entry tells of facts. */
export function lastFacts(account: number): Sql {
  return sql`coalesce((SELECT ${told} FROM journal WHERE account = ${account}
    ORDER BY seq DESC LIMIT 1), 0)`
}

/** Everyone who has facts has a profile. */
export function selectLastPerson(account: number): Sql {
  return sql`SELECT coalesce(max(person), 0) AS person FROM profiles WHERE account = ${account}`
}

export function seqOf(outcome: Outcome | undefined): number {
  return rowsOf<{ seq: number }>(outcome)[0]?.seq ?? 0
}

/** The last entry that tells of facts, of `selectHighestSeq`. */
export function factsSeqOf(outcome: Outcome | undefined): number {
  return rowsOf<{ facts: number }>(outcome)[0]?.facts ?? 0
}

export function personOf(outcome: Outcome | undefined): number {
  return rowsOf<{ person: number }>(outcome)[0]?.person ?? 0
}

/**
 * The persons first … last from their rows, page by page. `seq` is the journal's highest entry when the first
 * page was read: whoever a later page shows in a newer state is journaled after it.
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
  let final = last
  for (let start = Math.max(1, first); start <= final;) {
    const end = Math.min(final, start + size - 1)
    const [highest, greatest, ...outcomes] = await db.batch([
      selectHighestSeq(account.id),
      selectLastPerson(account.id),
      ...selectTimelines(account.id, sql`person BETWEEN ${start} AND ${end}`),
    ])
    if (seq === null) {
      seq = seqOf(highest)
      // Persons above came after that entry.
      final = Math.min(final, personOf(greatest))
    }
    const rows = timelinesOf(outcomes)
    const count = Object.values(rows).reduce((sum, list) => sum + list.length, 0)
    yield { facts: await reader.factsFrom(rows), seq }
    const persons = end - start + 1
    const fitting = Math.floor((persons * pages.rows) / Math.max(count, 1))
    size = Math.max(1, Math.min(pages.most, size * 4, fitting))
    start = end + 1
  }
}

import { cacheOf } from './columns/cache.ts'
import { type Held, readDirectory } from './columns/directory.ts'
import { type ChunkRow, readChunks, selectChunks, selectDirectory } from './columns/store.ts'
import { type Facts, factsOf, type Rows } from './customers/facts.ts'
import { factsOfSlices, isNamed, type Need, slicesFor } from './customers/slices.ts'
import { takePersons } from './customers/take.ts'
import type { Db, Outcome } from './db.ts'
import {
  among,
  eachPage,
  factsSeqOf,
  lastFacts,
  type Loaded,
  personOf,
  type Reader,
  readerOf,
  rowsOf,
  selectHighestSeq,
  selectLastPerson,
  selectTimelines,
  seqOf,
  timelinesOf,
} from './rows.ts'
import { type Sql, sql } from './sql.ts'

/** Some persons of an account. Over one pass every person comes once, in `facts` or in `tail`. */
export interface Range {
  /** Facts as they were stored some time ago. Later questions get the same arrays: never write to them. */
  facts: Facts
  /** 1 = leave out the person at this index of `facts`: the tail has it, or it was not asked for. */
  skip: Uint8Array
  /** The persons whose facts changed since, with their whole timelines. */
  tail: Facts
  /** Names these very `facts`, so that what follows from them may be kept; null where they are read but once. */
  writing: string | null
}

export interface RangeOptions {
  /** Only these persons. */
  persons?: readonly number[]
  /** Persons of one range, where it is not the usual size. */
  rangeSize?: number
  /** Facts that follow from a writing of a range and do in the place of its columns, which are not read then. */
  instead?: (first: number, version: string) => Promise<Facts | null>
}

/** Person ids of one range: first … first + RANGE_SIZE − 1. */
export const RANGE_SIZE = 25_000

/** Persons of a tail that are read at once, and how often it is read again because somebody moved meanwhile. */
const tails = { persons: 2_000, rounds: 4 }

/** What earlier questions to this instance have decoded. */
const cache = cacheOf(40_000_000)

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
    selectHighestSeq(account.id),
    ...selectTimelines(account.id, among(persons)),
  ])
  const rows = timelinesOf(outcomes)
  const facts = await readerOf(db, account).factsFrom(rows, [...new Set(persons)])
  return { facts, rows, seq: seqOf(highest) }
}

/** The facts of a range one after another, without those to be left out. */
export function factsIn({ facts, skip, tail }: Range): Facts[] {
  const kept = skip.includes(1)
    ? takePersons(
        facts,
        Int32Array.from(skip.keys()).filter((i) => skip[i] === 0),
      )
    : facts
  return [kept, tail].filter(({ persons }) => persons.length > 0)
}

/** An entry of the journal: whose facts changed. */
export interface Entry {
  seq: number
  at: number
  persons: readonly number[]
}

export function selectJournal(account: number, after: number): Sql {
  return sql`SELECT seq, at, persons FROM journal WHERE account = ${account} AND seq > ${after}
    AND seq <= ${lastFacts(account)} AND facts = 1`
}

export function entriesOf(outcome: Outcome | undefined): Entry[] {
  return rowsOf<{ seq: number; at: number; persons: string }>(outcome).map((row) => {
    const persons: unknown = JSON.parse(row.persons)
    const ids = Array.isArray(persons) ? persons.filter((one) => typeof one === 'number') : []
    return { seq: row.seq, at: row.at, persons: ids }
  })
}

/** Journal entries after an entry that tell of facts; none are read when `last` of them is not after it. */
export async function entriesAfter(
  db: Db,
  account: Loaded,
  after: number,
  last: number,
): Promise<Entry[]> {
  if (after >= last) return []
  const [journal] = await db.batch([selectJournal(account.id, after)])
  return entriesOf(journal)
}

const NOBODY = factsOf(
  {},
  { dayOf: () => 0, baseCurrency: '', rateOf: () => null, countUnpaid: false },
)

interface Pass {
  db: Db
  account: Loaded
  reader: Reader
  slices: readonly string[]
  wanted: ReadonlySet<number> | null
  rangeSize: number
  instead: RangeOptions['instead'] | undefined
  /** Journal entries read at the beginning. */
  entries: readonly Entry[]
  /** Up to where the journal had been read then. */
  seen: number
}

/**
 * All persons of an account (or those asked for), range by range, with at least the facts that are needed. Each
 * range is seen at one moment; persons that are merged over ranges meanwhile may be seen before or after it.
 */
export async function* eachRange(
  db: Db,
  account: Loaded,
  needs: Iterable<Need>,
  options: RangeOptions = {},
): AsyncGenerator<Range> {
  const { rangeSize = RANGE_SIZE } = options
  const [highest, greatest, directory] = await db.batch([
    selectHighestSeq(account.id),
    selectLastPerson(account.id),
    selectDirectory(account.id),
  ])
  const body = rowsOf<{ body: string }>(directory)[0]?.body ?? null
  const held = readDirectory(body, account.revision)
  const oldest = Math.min(...[...held.values()].map(({ seq }) => seq))
  const seen = seqOf(highest)
  const pass: Pass = {
    db,
    account,
    reader: readerOf(db, account),
    slices: [...slicesFor(needs)],
    wanted: options.persons === undefined ? null : new Set(options.persons),
    rangeSize,
    instead: options.instead,
    entries: await entriesAfter(db, account, oldest, factsSeqOf(highest)),
    seen,
  }
  for (let first = 0; first <= personOf(greatest); first += rangeSize) {
    if (pass.wanted !== null && !someIn(pass.wanted, first, rangeSize)) continue
    const range = held.get(first)
    const read = range !== undefined && (yield* readHeld(pass, range))
    if (!read) yield* readRows(pass, first)
  }
}

function someIn(persons: ReadonlySet<number>, first: number, size: number): boolean {
  for (const person of persons) if (person >= first && person < first + size) return true
  return false
}

/** A range without columns, from rows. */
async function* readRows({ db, account, reader, wanted, rangeSize }: Pass, first: number) {
  for await (const { facts } of eachPage(db, account, reader, first, first + rangeSize - 1)) {
    yield { facts, skip: skipOf(facts.persons, wanted, null), tail: NOBODY, writing: null }
  }
}

function skipOf(
  persons: Int32Array,
  wanted: ReadonlySet<number> | null,
  tail: ReadonlySet<number> | null,
): Uint8Array {
  const skip = new Uint8Array(persons.length)
  if (wanted === null && (tail === null || tail.size === 0)) return skip
  for (let i = 0; i < persons.length; i += 1) {
    const person = persons[i] ?? 0
    skip[i] = (wanted === null || wanted.has(person)) && tail?.has(person) !== true ? 0 : 1
  }
  return skip
}

/** Persons of a range that are journaled after what its columns have seen. */
export function tailOf(entries: readonly Entry[], range: Held, rangeSize: number): Set<number> {
  const tail = new Set<number>()
  for (const entry of entries) {
    if (entry.seq <= range.seq) continue
    for (const person of entry.persons) {
      if (person >= range.first && person < range.first + rangeSize) tail.add(person)
    }
  }
  return tail
}

/**
 * A range from its columns and tail; false, and nothing, when the columns cannot be used. Whoever is journaled
 * while the tail is being read joins it, and it is read again, so that columns and tail show one moment.
 */
async function* readHeld(pass: Pass, range: Held): AsyncGenerator<Range, boolean> {
  const { db, account, reader, slices, wanted, rangeSize } = pass
  const tail = tailOf(pass.entries, range, rangeSize)
  const keyOf = (slice: string, version: string) =>
    `${account.id} ${range.first} ${version} ${slice}`
  const warm = new Map(
    slices.flatMap((slice) => {
      const tree = cache.get(keyOf(slice, range.version))
      return tree === undefined ? [] : [[slice, tree] as const]
    }),
  )
  const known = new Set(warm.keys())
  let facts = (await pass.instead?.(range.first, range.version)) ?? null
  let { seen } = pass
  let writing = `${account.id} ${range.first} ${range.version}`
  for (let round = 1; ; round += 1) {
    const asked = [...tail].filter((person) => wanted === null || wanted.has(person))
    const few = asked.length > 0 && asked.length <= tails.persons
    // Without a tail the columns show the moment of the last entry seen, whatever happened since.
    const journal = tail.size > 0 || round > 1 ? [selectJournal(account.id, seen)] : []
    const timelines = few ? selectTimelines(account.id, among(asked)) : []
    const chunks = facts === null ? selectChunks(account.id, range, slices, known) : []
    const statements = [...timelines, ...journal, ...chunks]
    const outcomes = statements.length === 0 ? [] : await db.batch(statements)
    const since = journal.length > 0 ? entriesOf(outcomes[timelines.length]) : []
    const moved = tailOf(since, { ...range, seq: seen }, rangeSize)
    let again = moved.size > 0
    for (const { seq } of since) seen = Math.max(seen, seq)
    for (const person of moved) tail.add(person)
    if (facts === null) {
      const rows = outcomes
        .slice(timelines.length + journal.length)
        .flatMap((one) => rowsOf<ChunkRow>(one))
      const read = readChunks(rows, account.revision, (slice) => warm.get(slice))
      if (read === null || slices.some((slice) => !isNamed(slice) && !read.slices.has(slice))) {
        return false
      }
      facts = factsOfSlices(read.slices)
      if (facts === null) return false
      for (const [slice, tree] of read.slices) cache.set(keyOf(slice, read.version), tree)
      writing = `${account.id} ${range.first} ${read.version}`
      // Written anew since the directory was read: their tail begins later than was looked at.
      again ||= read.version !== range.version
    }
    if (again && round < tails.rounds) continue
    const skip = skipOf(facts.persons, wanted, tail)
    if (few) {
      yield { facts, skip, tail: await reader.factsFrom(timelinesOf(outcomes)), writing }
    } else {
      yield { facts, skip, tail: NOBODY, writing }
      yield* longTail(pass, asked)
    }
    return true
  }
}

/** Persons of a tail that is too long to be read at once. */
async function* longTail(pass: Pass, persons: readonly number[]): AsyncGenerator<Range> {
  const { db, account, reader } = pass
  for (let at = 0; at < persons.length; at += tails.persons) {
    const some = persons.slice(at, at + tails.persons)
    const outcomes = await db.batch(selectTimelines(account.id, among(some)))
    const tail = await reader.factsFrom(timelinesOf(outcomes))
    yield { facts: NOBODY, skip: new Uint8Array(), tail, writing: null }
  }
}

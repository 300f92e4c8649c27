import { type Held, laterDirectory, readDirectory, versionOf } from './columns/directory.ts'
import {
  type ChunkRow,
  dropRange,
  oldestSeq,
  readChunks,
  replaceDirectory,
  selectDirectory,
  selectRange,
  writeRange,
} from './columns/store.ts'
import { concatFacts } from './customers/concat.ts'
import type { Facts } from './customers/facts.ts'
import { mergeTail } from './customers/merge.ts'
import { plainPerson } from './customers/plain.ts'
import { factsOfSlices, slicesOf } from './customers/slices.ts'
import type { Db } from './db.ts'
import { pruneJournal } from './ingest/journal-store.ts'
import { endLease, takeLease } from './lease.ts'
import { entriesAfter, entriesOf, type Entry, RANGE_SIZE, selectJournal, tailOf } from './load.ts'
import {
  among,
  eachPage,
  factsSeqOf,
  type Loaded,
  personOf,
  readerOf,
  rowsOf,
  selectHighestSeq,
  selectLastPerson,
  selectTimelines,
  seqOf,
  timelinesOf,
} from './rows.ts'

/** A range is compacted when its tail has more persons than this, or somebody is in it for longer (ms). */
const due = { persons: 300, age: 600_000 }
/** A tail of more persons is not put in: the range is made anew. */
const MERGED = 2_000
/** Journal entries by which the columns may lag before ranges without a tail are moved on. */
const LAG = 50
const lease = { name: 'columns', duration: 120_000 }

export interface Step {
  now: number
  /** Names this attempt among others that run at the same time. */
  holder: string
  /** Persons of one range, where it is not the usual size. */
  rangeSize?: number
}

export interface Compaction {
  /** `busy`: somebody else is at it. `raced`: what was made was late and has been thrown away. */
  done: 'compacted' | 'moved' | 'nothing' | 'busy' | 'raced'
  /** First person of the range that was compacted. */
  first: number | null
  /** Ranges that are still due. */
  left: number
}

interface State {
  seen: number
  body: string | null
  held: Map<number, Held>
  entries: Entry[]
  /** Ranges to compact, the most urgent first; no `held`: it is absent. */
  due: { first: number; held: Held | undefined; tail: Set<number> }[]
  /** Ranges nobody of which is journaled since. */
  still: Held[]
}

async function look(db: Db, account: Loaded, now: number, rangeSize: number): Promise<State> {
  const [highest, greatest, directory] = await db.batch([
    selectHighestSeq(account.id),
    selectLastPerson(account.id),
    selectDirectory(account.id),
  ])
  const body = rowsOf<{ body: string }>(directory)[0]?.body ?? null
  const held = readDirectory(body, account.revision)
  const seen = seqOf(highest)
  const oldest = Math.min(...[...held.values()].map(({ seq }) => seq))
  const entries = await entriesAfter(db, account, oldest, factsSeqOf(highest))
  const ranges: State['due'] = []
  for (let first = 0; first <= personOf(greatest); first += rangeSize) {
    const one = held.get(first)
    const tail = one === undefined ? new Set<number>() : tailOf(entries, one, rangeSize)
    ranges.push({ first, held: one, tail })
  }
  const isDue = ({ held: one, tail }: State['due'][number]) =>
    one === undefined ||
    tail.size > due.persons ||
    (tail.size > 0 && ageOf(entries, one, rangeSize, now) >= due.age)
  return {
    seen: Math.max(seen, ...entries.map(({ seq }) => seq)),
    body,
    held,
    entries,
    due: ranges.filter(isDue).toSorted((a, b) => urgency(b) - urgency(a)),
    still: ranges.flatMap(({ held: one, tail }) => (one && tail.size === 0 ? [one] : [])),
  }
}

const urgency = ({ held, tail }: State['due'][number]) =>
  held === undefined ? Infinity : tail.size

/** How long somebody has been in the tail of a range (ms). */
function ageOf(entries: readonly Entry[], held: Held, rangeSize: number, now: number): number {
  const own = entries.filter((entry) => tailOf([entry], held, rangeSize).size > 0)
  return now - Math.min(...own.map(({ at }) => at))
}

/**
 * One step of keeping the columns young: compacts the range that needs it most, or notes that ranges without a
 * tail have seen the journal. May be stopped at any moment, and run by several at once: what it writes is one
 * transaction that a later state refuses.
 */
export async function compactNext(db: Db, account: Loaded, step: Step): Promise<Compaction> {
  const { now, holder, rangeSize = RANGE_SIZE } = step
  const taken = await db.all(takeLease(account.id, lease.name, holder, now, lease.duration))
  if (taken.length === 0) return { done: 'busy', first: null, left: 0 }
  const state = await look(db, account, now, rangeSize)
  const [next, ...others] = state.due
  let done: Compaction['done'] = 'nothing'
  if (next !== undefined) {
    const made = await makeRange(db, account, next, state.seen, rangeSize)
    const version = versionOf(account.revision, made.seq, now)
    const range = { first: next.first, seq: made.seq, revision: account.revision, version }
    const written = await db.batch(writeRange(account.id, range, slicesOf(made.facts)))
    done = (written.at(-1)?.rows.length ?? 0) > 0 ? 'compacted' : 'raced'
  } else if (state.body !== null && state.still.some(({ seq }) => state.seen - seq >= LAG)) {
    const later = state.still.map((range) => ({ ...range, seq: state.seen }))
    const body = laterDirectory(state.body, later)
    await db.batch([replaceDirectory(account.id, state.body, body)])
    done = 'moved'
  }
  await db.batch([endLease(account.id, lease.name, holder)])
  return { done, first: next?.first ?? null, left: others.length }
}

/**
 * The facts of a range and the journal entry they have seen. Those that are held take in their tail: whoever is
 * not in it has not changed, whoever changes while it is read is journaled after `seen` and stays in the tail.
 */
async function makeRange(
  db: Db,
  account: Loaded,
  { first, held, tail }: State['due'][number],
  seen: number,
  rangeSize: number,
): Promise<{ facts: Facts; seq: number }> {
  const reader = readerOf(db, account)
  if (held !== undefined && tail.size <= MERGED) {
    const [chunks, ...timelines] = await db.batch([
      selectRange(account.id, first),
      ...selectTimelines(account.id, among([...tail])),
    ])
    const read = readChunks(rowsOf<ChunkRow>(chunks), account.revision)
    const stored = read?.version === held.version ? factsOfSlices(read.slices) : null
    if (stored !== null) {
      const skip = Uint8Array.from(stored.persons, (person) => (tail.has(person) ? 1 : 0))
      const changed = await reader.factsFrom(timelinesOf(timelines))
      return { facts: mergeTail(stored, skip, changed), seq: seen }
    }
  }
  const list: Facts[] = []
  let seq = 0
  for await (const page of eachPage(db, account, reader, first, first + rangeSize - 1)) {
    list.push(page.facts)
    seq = page.seq
  }
  return { facts: concatFacts(list), seq }
}

/** What a look at some persons in columns and rows has found; numbers only. */
export interface Check {
  first: number
  /** Persons compared; those that are being changed are left out. */
  compared: number
  different: number
  /** The columns could not be read at all. */
  unreadable: boolean
}

/**
 * Compares some persons of a range (ids from its first on, by `random` in [0, 1)) in columns with their rows. A
 * range that does not agree is given up, and made anew by the next compaction. Null when it is not held.
 */
export async function checkRange(
  db: Db,
  account: Loaded,
  first: number,
  sample: { size: number; random: () => number; rangeSize?: number },
): Promise<Check | null> {
  const { rangeSize = RANGE_SIZE } = sample
  const [directory] = await db.batch([selectDirectory(account.id)])
  const body = rowsOf<{ body: string }>(directory)[0]?.body ?? null
  const held = readDirectory(body, account.revision).get(first)
  if (held === undefined) return null
  const persons = Array.from({ length: sample.size }, () =>
    Math.floor(first + sample.random() * rangeSize),
  ).filter((person) => person > 0)
  const [journal, chunks, ...timelines] = await db.batch([
    selectJournal(account.id, held.seq),
    selectRange(account.id, first),
    ...selectTimelines(account.id, among(persons)),
  ])
  const read = readChunks(rowsOf<ChunkRow>(chunks), account.revision)
  const stored = read === null ? null : factsOfSlices(read.slices)
  const check: Check = { first, compared: 0, different: 0, unreadable: stored === null }
  if (stored !== null) {
    const tail = tailOf(entriesOf(journal), held, rangeSize)
    const fresh = await readerOf(db, account).factsFrom(timelinesOf(timelines))
    for (const person of new Set(persons)) {
      if (tail.has(person)) continue
      check.compared += 1
      if (textOf(stored, person) !== textOf(fresh, person)) check.different += 1
    }
  }
  if (check.unreadable || check.different > 0) await db.batch(dropRange(account.id, first))
  return check
}

function textOf(facts: Facts, person: number): string | null {
  const at = facts.persons.indexOf(person)
  return at < 0 ? null : plainPerson(facts, at)
}

/**
 * Deletes journal entries from before an instant that all cards and all columns have seen. The last entry stays,
 * so that numbers go on from it.
 */
export async function pruneSeen(db: Db, account: Loaded, before: number): Promise<number> {
  const seen = oldestSeq(account.id, account.revision)
  const [pruned] = await db.batch([pruneJournal(account.id, seen, before)])
  return pruned?.changes ?? 0
}

/** First persons of the ranges that an account has in its columns. */
export async function rangesHeld(db: Db, account: Loaded): Promise<number[]> {
  const [directory] = await db.batch([selectDirectory(account.id)])
  const body = rowsOf<{ body: string }>(directory)[0]?.body ?? null
  return [...readDirectory(body, account.revision).keys()]
}

import { cacheOf } from '../columns/cache.ts'
import type { Tree } from '../columns/codec.ts'
import type { Facts } from '../customers/facts.ts'
import { factsOfSlices, type Need } from '../customers/slices.ts'
import { type AppContext, log as logLine } from '../http.ts'

import { type KeptRange, packKept, unpackKept } from './kept.ts'
import type { RangeOptions } from '../load.ts'
import type { MembershipLog } from './log.ts'
import { saveKept, selectKept } from './store.ts'

/** Memberships that earlier questions to this instance have evaluated or read, and whose they are. */
const cache = cacheOf(40_000_000)

/** A set of memberships is kept for other instances from so many nodes and persons on, this often (ms). */
const worth = { nodes: 4, persons: 2_000, every: 600_000 } as const

type Logs = Map<string, MembershipLog>
type People = Pick<KeptRange, 'persons' | 'from'>

export interface Memory {
  options: RangeOptions
  /** Logs of a writing of a range that are known; null: of facts that have no name. */
  logsOf: (writing: string | null) => Logs
  keep: (writing: string | null, facts: Facts, logs: Logs) => void
  /** Keeps what this question has evaluated for other instances, after the answer. */
  save: () => Promise<void>
}

interface KeptRow {
  part: number
  parts: number
  at: number
  body: string
}

/**
 * What is remembered of the memberships of some nodes: by this instance, and beyond it in the account's database. It
 * stands in the place of the columns where it was made from this very writing of them.
 */
export function memoryOf(
  c: AppContext,
  keys: readonly string[],
  { prints, needs }: { prints: ReadonlyMap<string, string>; needs: readonly Need[] },
): Memory {
  const db = c.get('db')
  const account = c.get('account').id
  const sorted = keys.toSorted()
  // First sights of traits and tags are in the columns only.
  const isWhole = !needs.includes('observations')
  const isShared = isWhole && keys.length >= worth.nodes
  const found = new Map<string, Logs>()
  const made: KeptRange[] = []
  let evaluated = 0
  let stored: { ranges: ReadonlyMap<string, KeptRange>; at: number } | null = null
  const nameOf = (writing: string, key: string) => `${writing} ${prints.get(key)}`
  const writingOf = (first: number, version: string) => `${account} ${first} ${version}`

  const remembered = (writing: string): Logs => {
    const logs: Logs = new Map()
    for (const key of keys) {
      // Only logs are kept under these names.
      const log = cache.get(nameOf(writing, key)) as unknown as MembershipLog | undefined
      if (log !== undefined) logs.set(key, log)
    }
    return logs
  }
  const read = async () => {
    const rows = await db.all<KeptRow>(selectKept(account, await setName(sorted, prints)))
    const { parts = 0, at = 0 } = rows[0] ?? {}
    const own = rows.filter((row) => row.at === at && row.part < parts)
    const ranges = own.length === parts ? unpackKept(own.map(({ body }) => body)) : null
    const named = (ranges ?? []).map((one) => [writingOf(one.first, one.version), one] as const)
    return { ranges: new Map(named), at: ranges === null ? 0 : at }
  }
  const remember = (writing: string, people: People, logs: Logs) => {
    cache.set(`${writing} people`, { persons: people.persons, from: people.from })
    for (const [key, log] of logs) cache.set(nameOf(writing, key), log as unknown as Tree)
    const [, first = '', version = ''] = writing.split(' ')
    const list = sorted.flatMap((key) => logs.get(key) ?? [])
    made.push({ first: Number(first), version, ...people, logs: list })
  }
  const instead = async (first: number, version: string): Promise<Facts | null> => {
    const writing = writingOf(first, version)
    let logs = remembered(writing)
    let people = cache.get(`${writing} people`) as unknown as People | undefined
    if (logs.size < keys.length || people === undefined) {
      if (!isShared) return null
      stored ??= await read()
      const own = stored.ranges.get(writing)
      if (own?.logs.length !== sorted.length) return null
      people = own
      logs = new Map(own.logs.map((log, at) => [sorted[at] ?? '', log]))
    }
    const { persons, from } = people
    found.set(writing, logs)
    remember(writing, { persons, from }, logs)
    return factsOfSlices(new Map([['persons', { persons, from, created: from }]]))
  }
  return {
    options: isWhole ? { instead } : {},
    logsOf: (writing) =>
      writing === null ? new Map() : (found.get(writing) ?? remembered(writing)),
    keep(writing, facts, logs) {
      if (writing === null) return
      evaluated += facts.persons.length
      remember(writing, facts, logs)
    },
    async save() {
      const now = c.get('now')
      if (!isShared || evaluated < worth.persons) return
      if (now - (stored?.at ?? 0) < worth.every) return
      const name = await setName(sorted, prints)
      const work = async () => {
        const parts = packKept(made)
        if (parts === null) return
        const versions = made.map(({ version }) => version)
        await db.batch(saveKept(account, name, parts, { versions, now }))
      }
      c.executionCtx.waitUntil(
        work().catch((error: unknown) => {
          const reason = error instanceof Error ? error.name : 'unknown'
          logLine({ level: 'error', job: 'memberships', account, error: reason })
        }),
      )
    },
  }
}

/** Names what the memberships of these nodes follow besides the facts. */
async function setName(
  keys: readonly string[],
  prints: ReadonlyMap<string, string>,
): Promise<string> {
  const text = JSON.stringify(keys.map((key) => [key, prints.get(key)]))
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

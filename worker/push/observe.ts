import type { Db } from '../db.ts'
import { rowsOf } from '../rows.ts'
import { pace, triggered } from './catalog.ts'
import { observedTargets, saveObserved, type Seen, type SeenRow } from './seen-store.ts'
import { canonical, type FieldType, UNKNOWN, type Value, valueOf, type Values } from './values.ts'

/** A user or ticket as the help desk shows it. */
export interface Shown {
  id: string
  /** False: it cannot be written to any more. */
  active: boolean
  /** By key of ours. */
  fields: Readonly<Record<string, unknown>>
  /** Epoch ms; null: it is shown as it is at this moment. */
  updatedAt: number | null
}

type Kept = ReadonlyMap<string, FieldType>

/** Our values in what the help desk shows. */
export function oursIn(fields: Shown['fields'], kept: Kept): Values {
  const values: Record<string, Value> = {}
  for (const [key, type] of kept) {
    const value = valueOf(type, fields[key])
    if (value !== null) values[key] = value
  }
  return values
}

/**
 * Compares what the help desk shows of users or tickets with what we believe: equal confirms our write, anything else is an
 * edit of somebody there, and is put right. What is older than our last write proves nothing.
 */
export async function observe(
  db: Db,
  account: number,
  kind: 'user' | 'ticket',
  all: readonly Shown[],
  kept: Kept,
  now: number,
): Promise<void> {
  if (all.length === 0 || kept.size === 0) return
  const [found] = await db.batch([
    observedTargets(
      account,
      kind,
      all.map(({ id }) => id),
    ),
  ])
  const rows = new Map(rowsOf<SeenRow>(found).map((row) => [row.target, row]))
  const seen = all.flatMap((one) => seenOf(one, rows.get(one.id), kept, now) ?? [])
  if (seen.length > 0) await db.batch(saveObserved(account, kind, seen, now))
}

/** What there is to write down of a look; null where nothing is new. */
export function seenOf(
  user: Shown,
  row: SeenRow | undefined,
  kept: Kept,
  now: number,
): Seen | null {
  const values = oursIn(user.fields, kept)
  const target = user.id
  const has = canonical(values)
  if (row === undefined) {
    // Nothing of ours was ever written: a trigger or an agent filled a field.
    return has === '{}' || !user.active
      ? null
      : { target, before: null, has, verdict: 'drift', again: now + pace.grace }
  }
  const before = row.has
  if (!user.active) {
    const verdict = 'gone'
    return row.trouble === 'gone' ? null : { target, before, has: before, verdict, again: null }
  }
  const believed: Record<string, Value> = JSON.parse(before)
  const differing = [...kept.keys()].filter(
    (key) => JSON.stringify(values[key]) !== JSON.stringify(believed[key]),
  )
  if (differing.length === 0) {
    if (row.confirmed === 1 && row.trouble !== 'gone') return null
    return { target, before, has: before, verdict: 'confirmed', again: now }
  }
  const old = user.updatedAt !== null && user.updatedAt < (row.sentAt ?? 0) - pace.skew
  if (old) return null
  // What nobody knew is known now.
  if (differing.every((key) => believed[key] === UNKNOWN)) {
    return { target, before, has, verdict: 'confirmed', again: now }
  }
  const flagOnly = differing.every((key) => triggered.includes(key))
  return { target, before, has, verdict: 'drift', again: now + (flagOnly ? pace.grace : 0) }
}

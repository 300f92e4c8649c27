import { rowsOf } from '../rows.ts'
import type { On } from './person.ts'
import { type Planner, plansOf } from './plan.ts'
import { believed, type CardRow, cardsBehind, countBehind } from './plan-store.ts'
import { type Reason, reasonOf } from './reason.ts'
import { difference, type Value, type Values } from './values.ts'

/** A user that would be written to. */
export interface Sample {
  customer: number
  user: string
  changes: Record<string, { from: Value | null; to: Value | null; because: Reason }>
}

export interface Preview {
  /** Users of customers that were looked at, and customers that were not because there are too many. */
  users: number
  left: number
  /** Users that would be written to, tickets too, and how many of them for each field. */
  changing: number
  tickets: number
  fields: Record<string, number>
  samples: Sample[]
}

/** Persons of one page, and of one preview; how many more there are is told as `left`. */
const pages = { size: 1_000, most: 100_000 }
const samples = 10

/**
 * What these settings would write, without writing: the difference between what users should hold and what we believe
 * they do. `look` sees every card that was looked at.
 */
export async function previewPush(
  planner: Planner,
  on: On,
  look: (row: CardRow) => void,
): Promise<Preview> {
  const { db, account } = planner
  const found: Preview = { users: 0, left: 0, changing: 0, tickets: 0, fields: {}, samples: [] }
  let person = 0
  for (let seen = 0; seen < pages.most; seen += pages.size) {
    const [page] = await db.batch([cardsBehind(account.id, person, pages.size)])
    const rows = rowsOf<CardRow>(page)
    await addPage(planner, rows, on, found)
    rows.forEach(look)
    person = rows.at(-1)?.id ?? person
    if (rows.length < pages.size) return found
  }
  const [rest] = await db.batch([countBehind(account.id, person)])
  return { ...found, left: Number(rest?.rows[0]?.['n'] ?? 0) }
}

async function addPage(
  planner: Planner,
  rows: readonly CardRow[],
  on: On,
  found: Preview,
): Promise<void> {
  const { db, account, kept } = planner
  const plans = await plansOf(planner, rows, on)
  const targets = plans.map(({ kind, target }) => `${kind} ${target}`)
  const [known] = await db.batch([believed(account.id, targets)])
  const has = new Map(
    rowsOf<{ name: string; has: string }>(known).map((row): [string, Values] => [
      row.name,
      JSON.parse(row.has),
    ]),
  )
  for (const { kind, target, person, wanted, because } of plans) {
    const before = has.get(`${kind} ${target}`) ?? {}
    const keys = kind === 'user' ? kept.keys() : Object.keys(wanted)
    const changes = Object.entries(difference(wanted, before, keys))
    if (kind === 'user') found.users += 1
    if (changes.length === 0) continue
    if (kind === 'ticket') {
      found.tickets += 1
      continue
    }
    found.changing += 1
    for (const [key] of changes) found.fields[key] = (found.fields[key] ?? 0) + 1
    if (found.samples.length >= samples) continue
    const told = changes.map(([key, to]) => [
      key,
      { from: before[key] ?? null, to, because: reasonOf(because, key) },
    ])
    found.samples.push({ customer: person, user: target, changes: Object.fromEntries(told) })
  }
}

import { withoutErased } from '../erasure/refuse.ts'
import { nobodyErasedSince, selectLatest } from '../erasure/store.ts'
import type { Db } from '../db.ts'
import type { FieldError } from '../errors.ts'
import { AppError } from '../errors.ts'
import { fieldErrors } from '../http.ts'
import type { Keys } from '../people/identity.ts'
import { rounds } from '../people/identity.ts'
import { claim } from '../people/store.ts'
import type { Entry } from './body.ts'
import type { Kind, KindName, Ready, Scope } from './kinds.ts'
import { kinds } from './kinds.ts'

/** What one call may settle: lines per transaction, text per statement, statements per call, errors listed. */
const limits = { lines: 2_000, text: 600_000, statements: 900, rounds: 6, errors: 1_000 }

export interface Summary {
  received: number
  changed: number
  unchanged: number
  rejected: number
  errors: FieldError[]
  errorsTruncated?: true
  /** Records of erased persons, which are not stored; they count as unchanged. */
  erased?: number
}

/** Reads, checks and stores all records of a body: good ones are stored, bad ones named. */
export function ingest(
  db: Db,
  scope: Scope,
  kindName: KindName,
  body: AsyncIterable<Entry>,
): Promise<Summary> {
  switch (kindName) {
    case 'orders':
      return run(db, scope, kinds.orders, body)
    case 'refunds':
      return run(db, scope, kinds.refunds, body)
    case 'customers':
      return run(db, scope, kinds.customers, body)
    case 'tickets':
      return run(db, scope, kinds.tickets, body)
    case 'messages':
      return run(db, scope, kinds.messages, body)
    case 'ratings':
      return run(db, scope, kinds.ratings, body)
  }
}

async function run<Input, Fact extends Ready>(
  db: Db,
  scope: Scope,
  definition: Kind<Input, Fact>,
  body: AsyncIterable<Entry>,
): Promise<Summary> {
  const summary: Summary = { received: 0, changed: 0, unchanged: 0, rejected: 0, errors: [] }
  let chunk = new Map<string, Fact>()
  let size = 0
  let statements = 0
  const erasures = latestErasure(db, scope.account)
  const flush = async () => {
    if (chunk.size === 0) return
    const facts = [...chunk.values()]
    chunk = new Map()
    size = 0
    const done = await settle(db, scope, definition, facts, erasures)
    statements += done.statements
    summary.changed += done.changed
    summary.unchanged += facts.length - done.changed
    if (done.erased > 0) summary.erased = (summary.erased ?? 0) + done.erased
  }
  for await (const entry of body) {
    summary.received += 1
    const checked = entry.error ? null : definition.schema.safeParse(entry.value)
    if (checked?.success) {
      const fact = definition.ready(checked.data, scope)
      const held = chunk.get(fact.id)
      if (held !== undefined) summary.unchanged += 1
      if (held === undefined || !supersedes(held, fact)) chunk.set(fact.id, fact)
      size += fact.size
    } else {
      const errors = entry.error ? [entry.error] : fieldErrors(checked?.error.issues ?? [])
      reject(
        summary,
        errors.map((error) => ({ ...error, line: entry.line })),
      )
    }
    if (chunk.size >= limits.lines || size >= limits.text) await flush()
    if (statements > limits.statements) {
      throw new AppError(
        'too_large',
        `One request may not settle so much: everything up to line ${entry.line} is stored; send the rest again.`,
      )
    }
  }
  await flush()
  return summary
}

/** Instant of the account's latest erasure, read when first asked for and after `forget`. */
function latestErasure(db: Db, account: number) {
  let known: Promise<number | null> | null = null
  const read = async () =>
    (await db.first<{ at: number | null }>(selectLatest(account)))?.at ?? null
  return {
    at: () => (known ??= read()),
    forget: () => {
      known = null
    },
  }
}

/** Stores facts, but those of erased persons; again when somebody is erased meanwhile, which is rare. */
async function settle<Input, Fact extends Ready>(
  db: Db,
  scope: Scope,
  definition: Kind<Input, Fact>,
  facts: readonly Fact[],
  erasures: ReturnType<typeof latestErasure>,
): Promise<{ statements: number; changed: number; erased: number }> {
  const { account } = scope
  let statements = 0
  let changed = 0
  let erased = 0
  let tries = 0
  const waiting = groupsOf(facts)
  for (let group = waiting.shift(); group !== undefined; group = waiting.shift()) {
    const latest = await erasures.at()
    const { kept, statements: refusals } =
      latest === null
        ? { kept: group.facts, statements: [] }
        : await withoutErased(db, account, group.facts, {
            tracesOf: definition.traces,
            ticketOf: (fact) => definition.ticketOf?.(fact) ?? null,
          })
    const before = (kept.length === group.facts.length ? [group] : groupsOf(kept)).flatMap((part) =>
      part.rounds.flatMap((round) => claim(account, round, scope.now())),
    )
    const { statements: stores, counted } = definition.store(scope, kept)
    const all = [nobodyErasedSince(account, latest), ...refusals, ...before, ...stores]
    statements += all.length
    const outcomes = await db.batch(all).catch((error: unknown) => {
      tries += 1
      if (tries > 5 || !String(error).includes('malformed JSON')) throw error
      return null
    })
    if (outcomes === null) {
      erasures.forget()
      waiting.unshift(group)
      continue
    }
    changed += outcomes.at(-counted)?.changes ?? 0
    erased += group.facts.length - kept.length
  }
  return { statements, changed, erased }
}

/** Of two records with one id the greater update instant wins; equal or absent, the later line. */
function supersedes(held: Ready, next: Ready): boolean {
  return held.updatedAt !== null && next.updatedAt !== null && held.updatedAt > next.updatedAt
}

function reject(summary: Summary, errors: readonly FieldError[]): void {
  summary.rejected += 1
  const room = limits.errors - summary.errors.length
  summary.errors.push(...errors.slice(0, room))
  if (errors.length > room) summary.errorsTruncated = true
}

/** Cuts facts where their claims need another transaction; facts without an owner of their own stay whole. */
function groupsOf<Fact extends Ready>(
  facts: readonly Fact[],
): { rounds: Keys[][]; facts: Fact[] }[] {
  const claims = facts.map((fact) => fact.keys).filter((keys) => keys !== undefined)
  const groups = rounds(claims, limits.rounds)
  if (groups.length <= 1) return [{ rounds: groups[0] ?? [], facts: [...facts] }]
  const placed = new Map<Keys, number>()
  groups.forEach((group, index) => {
    for (const keys of group.flat()) placed.set(keys, index)
  })
  let current = 0
  const parts = groups.map((group) => ({ rounds: group, facts: [] as Fact[] }))
  for (const fact of facts) {
    if (fact.keys !== undefined) current = placed.get(fact.keys) ?? current
    parts[current]?.facts.push(fact)
  }
  return parts
}

import type { z } from 'zod'
import { withoutErased } from '../erasure/refuse.ts'
import { nobodyErasedSince, selectLatest } from '../erasure/store.ts'
import { ticketKey, type Traces } from '../erasure/tombstones.ts'
import { claim } from '../people/store.ts'
import type { CustomerInput } from '../customers/customer.ts'
import { customerInput } from '../customers/customer.ts'
import type { Keys } from '../people/identity.ts'
import { keysOf, rounds } from '../people/identity.ts'
import { storeProfiles } from '../customers/store.ts'
import type { Db } from '../db.ts'
import type { FieldError } from '../errors.ts'
import { AppError } from '../errors.ts'
import { fieldErrors } from '../http.ts'
import { detailOf, orderInput, paidOf, refundInput } from '../orders/order.ts'
import type { Sql } from '../sql.ts'
import {
  detailOf as ticketDetail,
  messageInput,
  ratingInput,
  ticketInput,
} from '../tickets/ticket.ts'
import type { Entry } from './body.ts'
import type { OwnedFact, TicketFact } from './store.ts'
import { nouns, storeOfTickets, storeOwned, ticketNouns } from './store.ts'

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

export interface Scope {
  account: number
  /** Asked for each transaction: a long body is not as old as its first line. */
  now: () => number
  /** Message text is stored only where the account says so. */
  keepText: boolean
}

/** One record ready to be stored: what makes it one of its kind, its size as text, its owner's keys. */
interface Ready {
  id: string
  updatedAt: number | null
  size: number
  keys?: Keys
}

/** How a kind of record is read and stored: the registry of `PUT /v1/<kind>`. */
interface Kind<Input, Fact extends Ready> {
  schema: z.ZodType<Input>
  ready(input: Input, scope: Scope): Fact
  /** Under which keys the fact must not come back once they were erased. */
  traces(fact: Fact): Traces
  /** The id of a ticket, where the fact is one: what follows a refused ticket is refused too. */
  ticketOf?: (fact: Fact) => string
  /** Statements of one transaction, the counted one by its place from the end. */
  store(scope: Scope, facts: readonly Fact[]): { statements: Sql[]; counted: number }
}

function kind<Input, Fact extends Ready>(definition: Kind<Input, Fact>): Kind<Input, Fact> {
  return definition
}

type Owned = Ready & OwnedFact & { keys: Keys }

function owned(keys: Keys, fact: Omit<OwnedFact, 'key'>): Owned {
  const size = 100 + fact.values.reduce<number>((sum, value) => sum + String(value).length, 0)
  return { ...fact, keys, key: keys.profile, size }
}

function tracesOfOwned({ keys, at }: Owned): Traces {
  return { keys: keysIn(keys), at }
}

function keysIn({ profile, email, phone }: Keys): string[] {
  return [profile, email, phone].filter((key) => key !== null)
}

function storeOwnedKind(noun: (typeof nouns)[keyof typeof nouns], after: number) {
  return (scope: Scope, facts: readonly Owned[]) => ({
    statements: storeOwned(scope.account, noun, facts, scope.now()),
    counted: after,
  })
}

type OfTicket = Ready & TicketFact

function tracesOfTicket({ ticket }: OfTicket): Traces {
  return { keys: [ticketKey(ticket)], at: null }
}

function ofTicket(fact: TicketFact): OfTicket {
  const size = 100 + fact.values.reduce<number>((sum, value) => sum + String(value).length, 0)
  return { ...fact, id: fact.id, size }
}

const order = kind({
  schema: orderInput,
  ready: (input): Owned =>
    owned(keysOf(input.customer, input.channel), {
      at: input.placedAt,
      id: input.id,
      updatedAt: input.updatedAt ?? null,
      values: [
        input.channel,
        input.status,
        input.currency,
        input.total,
        paidOf(input),
        detailOf(input),
      ],
    }),
  traces: tracesOfOwned,
  store: storeOwnedKind(nouns.order, 2),
})

const refund = kind({
  schema: refundInput,
  ready: (input): Owned =>
    owned(keysOf(input.customer, input.channel ?? ''), {
      at: input.at,
      id: input.id,
      updatedAt: input.updatedAt ?? null,
      values: [input.currency, input.amount, input.orderId ?? null],
    }),
  traces: tracesOfOwned,
  store: storeOwnedKind(nouns.refund, 2),
})

const ticket = kind({
  schema: ticketInput,
  ready: (input): Owned =>
    owned(keysOf(input.requester, input.channel), {
      at: input.createdAt,
      id: input.id,
      updatedAt: input.updatedAt ?? null,
      values: [
        input.channel,
        input.status,
        input.type ?? null,
        input.subject ?? null,
        input.solvedAt ?? null,
        input.reopens ?? 0,
        input.assignee?.id ?? null,
        input.assignee?.name ?? null,
        input.group ?? null,
        ticketDetail(input),
      ],
    }),
  traces: tracesOfOwned,
  ticketOf: ({ id }) => id,
  store: storeOwnedKind(nouns.ticket, 4),
})

const message = kind({
  schema: messageInput,
  ready: (input, scope): OfTicket =>
    ofTicket({
      ticket: input.ticketId,
      id: input.id,
      updatedAt: input.updatedAt ?? null,
      values: [
        input.at,
        input.author,
        input.public ? 1 : 0,
        scope.keepText ? input.text : null,
        null,
      ],
    }),
  traces: tracesOfTicket,
  store: (scope, facts: readonly OfTicket[]) => ({
    statements: storeOfTickets(scope.account, ticketNouns.message, facts, scope.now()),
    counted: 1,
  }),
})

const rating = kind({
  schema: ratingInput,
  ready: (input): OfTicket =>
    ofTicket({
      ticket: input.ticketId,
      id: input.id,
      updatedAt: input.updatedAt ?? null,
      values: [
        input.offeredAt ?? null,
        input.ratedAt ?? null,
        input.level ?? null,
        input.scale,
        JSON.stringify(input.reasons ?? []),
        input.comment ?? null,
        input.agent?.id ?? null,
        input.agent?.name ?? null,
        input.group ?? null,
      ],
    }),
  traces: tracesOfTicket,
  store: (scope, facts: readonly OfTicket[]) => ({
    statements: storeOfTickets(scope.account, ticketNouns.rating, facts, scope.now()),
    counted: 1,
  }),
})

const customer = kind({
  schema: customerInput,
  ready: (input: CustomerInput) => {
    const { id, email, phone, verified } = input
    const keys = keysOf({ id, email, phone, verified }, input.channel ?? '')
    const traits = input.traits === undefined ? null : JSON.stringify(input.traits)
    const tags =
      input.tags === undefined ? null : JSON.stringify([...new Set(input.tags)].toSorted())
    return {
      id,
      keys,
      key: keys.profile,
      channel: input.channel ?? null,
      name: input.name ?? null,
      email: email ?? null,
      phone: phone ?? null,
      createdAt: input.createdAt ?? null,
      traits,
      tags,
      updatedAt: input.updatedAt ?? null,
      size: 200 + (traits?.length ?? 0) + (tags?.length ?? 0) + (input.name?.length ?? 0),
    }
  },
  traces: ({ keys, createdAt }) => ({ keys: keysIn(keys), at: createdAt }),
  store: (scope, facts) => ({
    statements: storeProfiles(scope.account, facts, scope.now()),
    counted: 1,
  }),
})

export const kinds = {
  orders: order,
  refunds: refund,
  customers: customer,
  tickets: ticket,
  messages: message,
  ratings: rating,
}
export type KindName = keyof typeof kinds

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
  const flush = async () => {
    if (chunk.size === 0) return
    const facts = [...chunk.values()]
    chunk = new Map()
    size = 0
    const done = await settle(db, scope, definition, facts)
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

/** Stores facts, but those of erased persons; again when somebody is erased meanwhile, which is rare. */
async function settle<Input, Fact extends Ready>(
  db: Db,
  scope: Scope,
  definition: Kind<Input, Fact>,
  facts: readonly Fact[],
): Promise<{ statements: number; changed: number; erased: number }> {
  const { account } = scope
  let statements = 0
  let changed = 0
  let erased = 0
  let tries = 0
  const waiting = groupsOf(facts)
  for (let group = waiting.shift(); group !== undefined; group = waiting.shift()) {
    const latest = (await db.first<{ at: number | null }>(selectLatest(account)))?.at ?? null
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

import type { z } from 'zod'
import type { CustomerInput } from '../customers/customer.ts'
import { customerInput } from '../customers/customer.ts'
import { storeProfiles } from '../customers/store.ts'
import { ticketKey, type Traces } from '../erasure/tombstones.ts'
import { detailOf, orderInput, paidOf, refundInput } from '../orders/order.ts'
import type { Keys } from '../people/identity.ts'
import { keysOf } from '../people/identity.ts'
import type { Sql } from '../sql.ts'
import {
  detailOf as ticketDetail,
  messageInput,
  ratingInput,
  ticketInput,
} from '../tickets/ticket.ts'
import type { OwnedFact, TicketFact } from './store.ts'
import { nouns, storeOfTickets, storeOwned, ticketNouns } from './store.ts'

export interface Scope {
  account: number
  /** Asked for each transaction: a long body is not as old as its first line. */
  now: () => number
  /** Message text is stored only where the account says so. */
  keepText: boolean
  /** Scores what a customer wrote, as the message's JSON column keeps it. */
  scoreOf?: (message: { id: string; ticketId: string; text: string }) => string | null
}

/** One record ready to be stored: what makes it one of its kind, its size as text, its owner's keys. */
export interface Ready {
  id: string
  updatedAt: number | null
  size: number
  keys?: Keys
}

/** How a kind of record is read and stored: the registry of `PUT /v1/<kind>`. */
export interface Kind<Input, Fact extends Ready> {
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
        input.author === 'customer' && input.public ? (scope.scoreOf?.(input) ?? null) : null,
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

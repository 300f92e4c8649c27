import { Hono } from 'hono'
import { z } from 'zod'
import { needs } from '../auth/access.ts'
import type { KeptCard } from '../cards/kept.ts'
import { readCard, todaysLines } from '../cards/show.ts'
import { searchPersons, selectCards } from '../cards/store.ts'
import { AppError } from '../errors.ts'
import type { AppContext, AppEnv } from '../http.ts'
import { valid } from '../http.ts'
import { splitBy } from '../instances/split.ts'
import { eachFacts, linesNow } from '../lines.ts'
import type { SegmentDefinition } from '../segments/definition.ts'
import { orderPropertyNeeds } from '../segments/needs.ts'
import { membersOn } from '../segments/members.ts'
import { listSegments, readLineState, selectState } from '../segments/store.ts'
import { dayCounter, dayText, parseDay } from '../time.ts'
import type { Day } from '../time.ts'
import type { Word } from '../timeline/column.ts'
import { pageOf, readPlace, sortParam } from './list.ts'
import { present } from './present.ts'
import type { Facts } from './facts.ts'
import type { CustomerTable } from './table.ts'
import { customerTable } from './table.ts'

const listQuery = z.strictObject({
  view: z.string().min(1).max(100).default('person'),
  segment: z.string().min(1).max(100).optional(),
  q: z.string().min(1).max(100).optional(),
  sort: sortParam.default({ key: 'totalOrderValue', descending: true }),
  after: z.string().max(1_000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  on: z.iso.date().optional(),
})
type ListQuery = z.output<typeof listQuery>

/** One row of the customer list. */
interface CustomerRow {
  id: number
  name: string | null
  email: string | null
  /** The instance's value; only where the list is not by person. */
  value?: Word | null
  sentiment: null
  segments: { key: string; name: string }[]
  channels: string[]
  totalOrderValue: number
  currency: string
  orders: number
  averageSpend: number | null
  latestPurchase: string | null
  customerSince: string | null
}

/** Every person or instance of a day with its totals, and the members of a segment among them. */
async function collect(
  c: AppContext,
  query: ListQuery,
  segments: readonly SegmentDefinition[],
  day: Day,
): Promise<{ table: CustomerTable; members: ReadonlySet<number> | null }> {
  const account = c.get('account')
  const wanted = segments.filter(({ key }) => key === query.segment)
  if (query.segment !== undefined && wanted.length === 0) {
    throw new AppError('invalid', `segment: there is no segment "${query.segment}".`)
  }
  const named = query.segment === undefined ? [] : segments
  const lines = await linesNow(c.get('db'), account, named)
  const collector = customerTable(day)
  const members = query.segment === undefined ? null : membersOn(named, query.segment, day, lines)
  const basis = query.view === 'person' ? null : query.view
  const add = (facts: Facts, skip: Uint8Array | undefined) => {
    collector.add(basis === null ? facts : splitBy(facts, basis), skip)
    members?.add(facts, skip)
  }
  const besides = basis === null ? [] : orderPropertyNeeds(basis)
  await eachFacts(c.get('db'), account, named, add, besides)
  return {
    table: collector.finish(),
    members: members === null ? null : new Set(members.finish().persons),
  }
}

async function list(c: AppContext, query: ListQuery) {
  const account = c.get('account')
  const db = c.get('db')
  const today = dayCounter(account.timeZone)(c.get('now'))
  const day = query.on === undefined ? today : (parseDay(query.on) ?? today)
  const after = query.after === undefined ? null : readPlace(query.after)
  if (query.after !== undefined && after === null) {
    throw new AppError('invalid', 'after: not a cursor of this list.')
  }
  const segments = await listSegments(db, account.id)
  const { table, members } = await collect(c, query, segments, day)
  const found =
    query.q === undefined
      ? null
      : new Set(
          (await db.all<{ id: number }>(searchPersons(account.id, query.q))).map(({ id }) => id),
        )
  const chosen: number[] = []
  table.persons.forEach((person, row) => {
    if (members?.has(person) === false || found?.has(person) === false) return
    chosen.push(row)
  })
  const page = pageOf(table, chosen, query.sort, after, query.limit)
  const ids = [...new Set(page.rows.map((row) => table.persons[row] ?? 0))]
  const [cards, state] = await db.batch([selectCards(account.id, ids), selectState(account.id)])
  const kept = new Map(
    (cards?.rows ?? []).map((row) => [Number(row['id']), readCard(String(row['card']))]),
  )
  const lines = todaysLines({ ...readLineState(state?.rows[0]?.['lines'])?.lines })
  const items = page.rows.map((row) =>
    rowOf(table, row, kept.get(table.persons[row] ?? 0) ?? null, {
      currency: account.currency,
      showing: { today: day, lines },
      byPerson: query.view === 'person',
    }),
  )
  return c.json({ items, next: page.next, total: page.total }, 200)
}

interface RowOptions {
  currency: string
  showing: Omit<Parameters<typeof present>[1], 'nameOf'>
  byPerson: boolean
}

function rowOf(table: CustomerTable, row: number, kept: KeptCard | null, options: RowOptions) {
  const shown =
    kept === null
      ? null
      : present(kept, { ...options.showing, nameOf: (key) => kept.names[key] ?? key })
  const priced = table.priced[row] ?? 0
  const value = table.value[row] ?? 0
  const answer: CustomerRow = {
    id: table.persons[row] ?? 0,
    name: kept?.name ?? null,
    email: kept?.email ?? null,
    ...(!options.byPerson && { value: table.values[row] ?? null }),
    sentiment: null,
    segments: (shown?.segments ?? []).map(({ key, name }) => ({ key, name })),
    channels: (shown?.channels ?? []).map(({ channel }) => channel),
    totalOrderValue: value,
    currency: options.currency,
    orders: table.orders[row] ?? 0,
    averageSpend: priced === 0 ? null : Math.round(value / priced),
    latestPurchase: dayOrNull(table.last[row]),
    customerSince: dayOrNull(table.first[row]),
  }
  return answer
}

function dayOrNull(day: number | undefined): string | null {
  return day === undefined || day === -2_147_483_648 ? null : dayText(day)
}

export const customers = new Hono<AppEnv>().get(
  '/v1/customers',
  needs('read', 'Customers, or their instances by an order property'),
  valid('query', listQuery),
  (c) => list(c, c.req.valid('query')),
)

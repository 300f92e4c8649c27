import type { z } from 'zod'
import type { Facts } from '../customers/facts.ts'
import type { Need } from '../customers/slices.ts'
import { AppError } from '../errors.ts'
import type { AppContext } from '../http.ts'
import { linesNow } from '../lines.ts'
import { eachRange } from '../load.ts'
import { workingHours } from '../schedule.ts'
import { nameOf } from '../segments/definition.ts'
import { listSegments } from '../segments/store.ts'
import { dayCounter, dayText } from '../time.ts'
import type { Dimension } from './catalog.ts'
import { hidesOffers } from './choose.ts'
import { collector } from './collect.ts'
import { type Place, type Rated, ratedList } from './list.ts'
import {
  type Asked,
  choiceOf,
  type ChoiceQuery,
  lastDay,
  type listQuery,
  needsFor,
  periodsOf,
  type viewQuery,
} from './question.ts'
import type { Surroundings } from './readers.ts'
import { type AtStake, stakeOf } from './stake.ts'
import { selectContacts, selectWords } from './store.ts'
import { FALSE_ALARMS, spansOf, viewOf } from './view.ts'

interface Prepared {
  asked: Asked
  today: number
  around: Surroundings
  segmentNames: ReadonlyMap<string, string>
  /** Passes over all persons with the facts that the question reads. */
  each: (besides: Iterable<Need>, visit: (facts: Facts, skip?: Uint8Array) => void) => Promise<void>
}

/** What every answer needs: periods, working hours and, where segments are asked for, their rules and lines. */
async function prepare(
  c: AppContext,
  query: ChoiceQuery,
  by: readonly Dimension[],
  withSegments = false,
): Promise<Prepared> {
  const account = c.get('account')
  const db = c.get('db')
  const today = dayCounter(account.timeZone)(c.get('now'))
  const asked = periodsOf(query, { unit: query.period, weekStart: account.weekStart, today })
  if (typeof asked === 'string') throw new AppError('invalid', `from: ${asked}.`)
  const { filters } = choiceOf(query)
  const used = new Set<Dimension>(by)
  // Keys of a partial record of dimensions.
  for (const name of Object.keys(filters)) used.add(name as Dimension)
  if (withSegments) used.add('segment')
  const segments = used.has('segment') ? await listSegments(db, account.id) : []
  const unknown = (query.segment ?? []).find(
    (key) => key !== '(none)' && !segments.some((segment) => segment.key === key),
  )
  if (unknown !== undefined) {
    throw new AppError('invalid', `segment: there is no segment "${unknown}".`)
  }
  const around: Surroundings = {
    isWorking: workingHours(account.schedules),
    segments,
    lines: await linesNow(db, account, segments),
    property: query.property,
  }
  const needed = needsFor(used, segments, query.property)
  return {
    asked,
    today,
    around,
    segmentNames: new Map(segments.map((segment) => [segment.key, nameOf(segment)])),
    async each(besides, visit) {
      const needs = new Set([...needed, ...besides])
      for await (const { facts, skip, tail } of eachRange(db, account, needs)) {
        visit(facts, skip)
        if (tail.persons.length > 0) visit(tail)
      }
    },
  }
}

/** Name of a group where it is not an agent: segments have names of their own, also in combinations. */
function groupName(names: ReadonlyMap<string, string>) {
  return (dimension: Dimension, key: string) =>
    dimension === 'segment'
      ? key
          .split(' + ')
          .map((one) => names.get(one) ?? one)
          .join(' + ')
      : key
}

/** Satisfaction by period with what moved it, as `GET /v1/satisfaction` answers. */
export async function view(c: AppContext, query: z.output<typeof viewQuery>) {
  const account = c.get('account')
  const choice = choiceOf(query)
  const { asked, around, segmentNames, each } = await prepare(c, query, query.by)
  const spans = spansOf(asked.periods, asked.whole)
  const collect = collector({ ...choice, spans, by: query.by }, around)
  if (spans.length > 0) await each([], (facts, skip) => collect.add(facts, skip))
  const shown = viewOf(collect.finish(), {
    ...asked,
    spans,
    by: query.by,
    withOffers: !hidesOffers(choice.filters),
    nameOf: groupName(segmentNames),
  })
  return {
    period: query.period,
    basis: query.basis,
    hours: query.hours,
    timeZone: account.timeZone,
    weekStart: account.weekStart,
    hasSchedule: account.schedules.length > 0,
    asOf: new Date(c.get('now')).toISOString(),
    falseAlarms: FALSE_ALARMS,
    ...shown,
    peers: null,
  }
}

interface Contact {
  id: number
  name: string | null
  email: string | null
}

async function contactsOf(c: AppContext, persons: readonly number[]) {
  const ids = [...new Set(persons)]
  const rows = await c.get('db').all<Contact>(selectContacts(c.get('account').id, ids))
  return new Map(rows.map((row) => [row.id, row]))
}

/** Ratings of the whole span, the latest first, from a place on; with names, subjects and comments. */
export async function tickets(
  c: AppContext,
  query: ChoiceQuery,
  after: Place | null,
  limit: number,
) {
  const account = c.get('account')
  const { asked, today, around, each } = await prepare(c, query, ['hours'])
  const span = { from: asked.whole?.from ?? today, to: lastDay(asked, today) }
  const list = ratedList({ ...choiceOf(query), span, after, limit }, around)
  if (asked.whole !== null) {
    await each(['surveys.ticket'], (facts, skip) => list.add(facts, skip))
  }
  const found = list.finish()
  const [contacts, words] = await Promise.all([
    contactsOf(
      c,
      found.items.map(({ person }) => person),
    ),
    c
      .get('db')
      .all<{ id: string; subject: string | null; comment: string | null }>(
        selectWords(account.id, found.items),
      ),
  ])
  const wordsOf = new Map(words.map((one) => [one.id, one]))
  const items = found.items.map(({ person, at, ...rated }: Rated) => ({
    ...rated,
    ratedAt: new Date(at).toISOString(),
    customer: { id: person, name: contacts.get(person)?.name ?? null },
    subject: wordsOf.get(rated.id)?.subject ?? null,
    comment: wordsOf.get(rated.id)?.comment ?? null,
  }))
  return { items, next: found.next, total: found.total }
}

/** Order value of the persons behind the span's bad ratings, the most valuable first. */
export async function atStake(c: AppContext, query: z.output<typeof listQuery>) {
  const { asked, today, around, segmentNames, each } = await prepare(c, query, [], true)
  const span = { from: asked.whole?.from ?? today, to: lastDay(asked, today) }
  const collect = stakeOf({ ...choiceOf(query), span }, around)
  if (asked.whole !== null) {
    await each(['orders', 'surveys.ticket'], (facts, skip) => collect.add(facts, skip))
  }
  const found = collect.finish()
  const start = query.after === undefined ? 0 : Number(query.after)
  if (!Number.isInteger(start) || start < 0) {
    throw new AppError('invalid', 'after: not a cursor of this list.')
  }
  const shown = found.items.slice(start, start + query.limit)
  const contacts = await contactsOf(
    c,
    shown.map(({ person }) => person),
  )
  const named = (key: string) => ({ key, name: segmentNames.get(key) ?? key })
  return {
    on: dayText(span.to),
    currency: c.get('account').currency,
    totalOrderValue: found.totalOrderValue,
    badRatings: found.badRatings,
    withoutRate: found.withoutRate,
    segments: found.segments.map(({ key, ...sums }) => ({ ...named(key), ...sums })),
    items: shown.map(({ person, at, segments, ...one }: AtStake) => ({
      id: person,
      name: contacts.get(person)?.name ?? null,
      email: contacts.get(person)?.email ?? null,
      ...one,
      lastRatedAt: new Date(at).toISOString(),
      segments: segments.map(named),
    })),
    next: start + query.limit < found.items.length ? String(start + query.limit) : null,
    total: found.items.length,
  }
}

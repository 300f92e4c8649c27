import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { factsOf } from '../../worker/customers/facts.ts'
import { dimensions } from '../../worker/satisfaction/catalog.ts'
import { hidesOffers } from '../../worker/satisfaction/choose.ts'
import { collector } from '../../worker/satisfaction/collect.ts'
import { ratedList } from '../../worker/satisfaction/list.ts'
import { type Hours, workingHours } from '../../worker/schedule.ts'
import { viewOf } from '../../worker/satisfaction/view.ts'
import { dayCounter } from '../../worker/time.ts'
import { rawFigures, type RawQuestion } from '../support/satisfaction.ts'

const SEED = 7
const RUNS = 500
const HOUR = 3_600_000
const say = (text: string) => process.stdout.write(`${text}\n`)

/** From 2026-03-20, so that clocks change in Berlin, New York (before) and Sydney. */
const START = Date.UTC(2026, 2, 20)
const DAY_ONE = START / (24 * HOUR)
const DAYS = 30

const zones = fc.constantFrom(
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Australia/Sydney',
)
const clocks = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom('00', '30'))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${minute}`)
const dates = fc
  .integer({ min: 0, max: DAYS })
  .map((day) => new Date(START + day * 24 * HOUR).toISOString().slice(0, 10))

const hours: fc.Arbitrary<Hours> = fc.record({
  from: dates,
  timeZone: zones,
  intervals: fc.array(
    fc.record({ day: fc.integer({ min: 1, max: 7 }), start: clocks, end: clocks }),
    { maxLength: 6 },
  ),
  holidays: fc.array(
    dates.map((from) => ({ from, to: from })),
    { maxLength: 2 },
  ),
})
const schedules = fc.uniqueArray(hours, { selector: ({ from }) => from, maxLength: 3 })

const instant = fc.integer({ min: 0, max: DAYS * 48 }).map((half) => START + (half * HOUR) / 2)
const tickets = fc.integer({ min: 0, max: 19 })
const person = (ticket: number) => 1 + (ticket % 6)

const world = fc.record({
  tickets: fc.array(
    fc.record({
      at: instant,
      channel: fc.constantFrom('email', 'chat'),
      type: fc.constantFrom(null, 'return'),
      assignee: fc.constantFrom(null, '1', '2'),
      groupName: fc.constantFrom(null, 'Returns'),
    }),
    { minLength: 20, maxLength: 20 },
  ),
  messages: fc.array(
    fc.record({
      ticket: tickets,
      at: instant,
      author: fc.constantFrom('customer', 'agent', 'bot'),
    }),
    { maxLength: 20 },
  ),
  ratings: fc.array(
    fc.record({
      ticket: tickets,
      offeredAt: fc.option(instant),
      ratedAt: fc.option(instant),
      scale: fc.constantFrom(2, 3, 5),
      level: fc.integer({ min: 1, max: 5 }),
      reasons: fc.constantFrom('[]', '["slow"]', '["slow","rude"]'),
      agent: fc.constantFrom(null, '1', '3'),
      groupName: fc.constantFrom(null, 'Delivery'),
    }),
    { minLength: 40, maxLength: 60, size: 'max' },
  ),
})

function rowsOf(given: typeof world extends fc.Arbitrary<infer One> ? One : never) {
  return {
    tickets: given.tickets.map((row, k) => ({
      ...row,
      person: person(k),
      id: `t${k}`,
      status: 'solved',
      detail: '{}',
    })),
    messages: given.messages.map(({ ticket, ...row }, k) => ({
      ...row,
      person: person(ticket),
      ticket: `t${ticket}`,
      id: `m${k}`,
      public: 1,
      sentiment: null,
    })),
    ratings: given.ratings.map(({ ticket, level, ...row }, k) => ({
      ...row,
      person: person(ticket),
      ticket: `t${ticket}`,
      id: `r${String(k).padStart(2, '0')}`,
      level: row.ratedAt === null ? null : Math.min(level, row.scale),
    })),
  }
}

const some = (...values: string[]) => fc.subarray(values, { minLength: 1 })
const question: fc.Arbitrary<RawQuestion> = fc.record({
  timeZone: zones,
  schedules,
  from: fc.integer({ min: DAY_ONE - 1, max: DAY_ONE + 10 }),
  to: fc.integer({ min: DAY_ONE + 10, max: DAY_ONE + DAYS + 1 }),
  basis: fc.constantFrom('rating', 'ticket'),
  filters: fc
    .record({
      hours: some('working', 'off'),
      agent: some('1', '2', '3', '(none)'),
      group: some('Returns', 'Delivery', '(none)'),
      channel: some('email', 'chat'),
      type: some('return', '(none)'),
      reason: some('slow', 'rude', '(none)'),
      level: some('1', '2', '3', '4', '5'),
    })
    .chain((all) =>
      fc
        .subarray(Object.entries(all), { maxLength: 3 })
        .map((chosen): RawQuestion['filters'] => Object.fromEntries(chosen)),
    ),
})

const cheap = dimensions.filter((one) => one !== 'segment' && one !== 'instance')

function ask(rows: ReturnType<typeof rowsOf>, asked: RawQuestion) {
  const { timeZone, from, to, basis, filters } = asked
  const settings = {
    dayOf: dayCounter(timeZone),
    baseCurrency: 'EUR',
    rateOf: () => null,
    countUnpaid: false,
  }
  const around = {
    isWorking: workingHours(asked.schedules),
    segments: [],
    lines: new Map(),
    property: 'channel',
  }
  const spans = [
    { from, to },
    { from: from - 7, to: from - 1 },
  ]
  const collect = collector({ spans, by: cheap, basis, filters }, around)
  const list = ratedList({ span: { from, to }, basis, filters, after: null, limit: 1_000 }, around)
  const facts = factsOf(rows, settings)
  collect.add(facts)
  list.add(facts)
  const period = {
    from,
    to,
    start: from,
    finished: true,
    previous: { from: from - 7, to: from - 1 },
  }
  const view = viewOf(collect.finish(), {
    periods: [period],
    whole: period,
    spans,
    by: cheap,
    withOffers: !hidesOffers(filters),
    nameOf: (_, key) => key,
  })
  const [item] = view.items
  if (item === undefined) throw new Error('one period was asked for')
  return { item, groups: view.groups, list: list.finish() }
}

test('figures equal a count of the raw ratings, for random filters, zones and schedules', () => {
  let cases = 0
  let ratings = 0
  fc.assert(
    fc.property(world, question, (given, asked) => {
      cases += 1
      const rows = rowsOf(given)
      const raw = rawFigures(rows, asked)
      const { item, list } = ask(rows, asked)
      ratings += raw.ratings
      expect({
        ratings: item.ratings,
        good: Math.round((item.rate ?? 0) * item.ratings),
        levels: item.levels,
        reasons: Object.fromEntries(item.reasons.map((one) => [one.reason, one.ratings])),
        offered: item.offered,
        answered: item.answered,
      }).toEqual(raw)
      expect(list.total).toBe(raw.ratings)
      expect(list.items).toHaveLength(raw.ratings)
    }),
    { seed: SEED, numRuns: RUNS },
  )
  say(`figures: seed ${SEED}, ${cases} questions, ${ratings} ratings found`)
})

test('levels sum to ratings, working and off hours to all, every partition to the whole, parts to the change', () => {
  let cases = 0
  fc.assert(
    fc.property(world, question, (given, asked) => {
      cases += 1
      const rows = rowsOf(given)
      const { hours: _, ...filters } = asked.filters
      const all = ask(rows, { ...asked, filters })
      const inside = ask(rows, { ...asked, filters: { ...filters, hours: ['working'] } })
      const outside = ask(rows, { ...asked, filters: { ...filters, hours: ['off'] } })
      expect(inside.item.ratings + outside.item.ratings).toBe(all.item.ratings)
      expect(all.item.levels.reduce((a, b) => a + b, 0)).toBe(all.item.ratings)
      for (const by of cheap) {
        const own = all.groups.filter((group) => group.by === by)
        const sum = own.reduce((total, group) => total + group.ratings, 0)
        expect(Math.abs(sum - all.item.ratings)).toBeLessThan(1e-9)
        const change = all.item.change
        const parts = (change?.parts ?? []).filter((part) => part.by === by)
        const moved = parts.reduce((total, part) => total + part.rate + part.mix, 0)
        expect(Math.abs(moved - (change?.value ?? 0))).toBeLessThan(1e-9)
      }
    }),
    { seed: SEED + 1, numRuns: RUNS },
  )
  say(`sums: seed ${SEED + 1}, ${cases} questions`)
})

test('pages of a list, one after another, are the list', () => {
  let cases = 0
  fc.assert(
    fc.property(world, question, fc.integer({ min: 1, max: 7 }), (given, asked, limit) => {
      cases += 1
      const rows = rowsOf(given)
      const { list } = ask(rows, asked)
      const settings = {
        dayOf: dayCounter(asked.timeZone),
        baseCurrency: 'EUR',
        rateOf: () => null,
        countUnpaid: false,
      }
      const facts = factsOf(rows, settings)
      const found: string[] = []
      let after: { at: number; id: string } | null = null
      for (let pages = 0; pages < 60; pages += 1) {
        const { from, to, basis, filters } = asked
        const around = {
          isWorking: workingHours(asked.schedules),
          segments: [],
          lines: new Map(),
          property: 'channel',
        }
        const page = ratedList({ span: { from, to }, basis, filters, after, limit }, around)
        page.add(facts)
        const { items, next } = page.finish()
        found.push(...items.map(({ id }) => id))
        after = next
        if (next === null) break
      }
      expect(found).toEqual(list.items.map(({ id }) => id))
    }),
    { seed: SEED + 2, numRuns: 200 },
  )
  say(`pages: seed ${SEED + 2}, ${cases} lists`)
})

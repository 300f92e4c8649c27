import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { shapes } from '../../support/api-shapes.ts'
import { buildWorld, recordsOf } from './build.ts'
import { dayOf, dayText, instantText, minuteAt } from './calendar.ts'
import { delayFrom, delayUntil } from './delay.ts'
import { isWorking } from './team.ts'

const now = new Date('2026-11-26T10:00:00Z')
const world = buildWorld(now)
const records = recordsOf(world)

const checksum = (value: unknown) =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16)

const minute = (instant: string) => Date.parse(instant) / 60_000

const sizes = (built: typeof records) => ({
  customers: built.customers.length,
  orders: built.orders.length,
  refunds: built.refunds.length,
  tickets: built.tickets.length,
  messages: built.messages.length,
  ratings: built.ratings.length,
})

describe('the demo shop', () => {
  test('is the same for one day and seed: counts and checksum', () => {
    expect(sizes(records)).toEqual({
      customers: 5019,
      orders: 9138,
      refunds: 62,
      tickets: 3964,
      messages: 17_732,
      ratings: 3910,
    })
    expect(checksum(world)).toBe('8b0a7ac347639903')
  })

  test('does not depend on the time of day', () => {
    const sum = checksum(world)
    expect(checksum(buildWorld(new Date('2026-11-26T00:00:00Z')))).toBe(sum)
    expect(checksum(buildWorld(new Date('2026-11-26T23:59:59Z')))).toBe(sum)
    expect(checksum(buildWorld(now, 2))).not.toBe(sum)
  })

  test.each([
    ['2026-03-29T12:00:00Z', 1, 'the day on which clocks go forward'],
    ['2028-02-29T12:00:00Z', 1, 'a leap day'],
    ['2026-05-31T22:59:59Z', 2, 'a month’s last day'],
    ['2027-01-01T00:00:00Z', 3, 'a new year'],
  ])('is large enough on %s with seed %d: %s', (day, seed, _because) => {
    const other = buildWorld(new Date(day), seed)
    const built = sizes(recordsOf(other))
    const people = new Set(other.orders.map((order) => order.customer.email))
    expect(people.size).toBeGreaterThan(2000)
    expect(built.customers).toBeGreaterThan(4000)
    expect(built.orders).toBeGreaterThan(8000)
    expect(built.tickets).toBeGreaterThan(3000)
    expect(built.ratings).toBeGreaterThan(3000)
    expect(other.personas.every((persona) => persona.ticket !== '')).toBe(true)
  })

  test('builds in less than a second', () => {
    const times = [1, 2, 3].map((seed) => {
      const start = performance.now()
      buildWorld(now, seed)
      return performance.now() - start
    })
    expect(Math.min(...times)).toBeLessThan(1000)
  })

  test.each([
    ['customers', records.customers],
    ['orders', records.orders],
    ['refunds', records.refunds],
    ['tickets', records.tickets],
    ['messages', records.messages],
    ['ratings', records.ratings],
  ] as const)('every one of its %s obeys the interface, each id once', (kind, list) => {
    const issues = list.flatMap((record) => {
      const problem = shapes[kind].safeParse(record).error
      return problem === undefined ? [] : [{ record, issues: problem.issues }]
    })
    expect(issues).toEqual([])
    expect(new Set(list.map((record) => record.id)).size).toBe(list.length)
  })

  test('lets nothing happen after midnight of today', () => {
    const text = JSON.stringify(world)
    const instants = text.match(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g) ?? []
    expect(instants.toSorted().at(-1)).toBe('2026-11-26T00:00:00Z')
    expect(instants.toSorted()[0]?.slice(0, 10)).toBe('2023-11-26')
  })

  test('points only to what exists', () => {
    const orders = new Set(world.orders.map((order) => order.id))
    const users = new Set(world.users.map((user) => user.id))
    const agents = new Set(world.agents.map((agent) => agent.id))
    const customers = new Set(world.customers.map((customer) => customer.id))
    const lost = [
      ...world.tickets.filter(({ requester }) => !users.has(requester)),
      ...world.tickets.filter(({ orderIds }) => orderIds.some((id) => !orders.has(id))),
      ...world.tickets.filter(({ assignee }) => assignee !== undefined && !agents.has(assignee)),
      ...world.orders.filter(({ customer }) => !customers.has(customer.id ?? '')),
      ...world.users.filter(({ externalId }) => externalId && !customers.has(externalId)),
    ]
    expect(lost).toEqual([])
  })

  test('adds up each order and never refunds more than it', () => {
    const wrong = world.orders.filter((order) => {
      const goods = (order.lines ?? []).reduce((sum, line) => sum + line.total, 0)
      const refunds = order.refunds ?? []
      return (
        ![0, 395, 590].includes(order.total - goods) ||
        refunds.reduce((sum, refund) => sum + refund.amount, 0) > order.total ||
        refunds.some((refund) => refund.at <= order.placedAt)
      )
    })
    expect(wrong).toEqual([])
  })

  test('has a rate for every day of a euro order and none for francs', () => {
    const days = new Set(world.rates.map((rate) => rate.day))
    expect(days.size).toBe(world.rates.length)
    expect(new Set(world.orders.map((order) => order.currency))).toEqual(
      new Set(['GBP', 'EUR', 'CHF']),
    )
    const euros = world.orders.filter((order) => order.currency === 'EUR')
    expect(euros.filter((order) => !days.has(order.placedAt.slice(0, 10)))).toEqual([])
    expect(new Set(world.rates.map((rate) => rate.from))).toEqual(new Set(['EUR']))
  })
})

describe('its conversations', () => {
  test('are in five languages and leave no mark unfilled', () => {
    const languages = world.tickets.map((ticket) =>
      ticket.tags.find((tag) => tag.startsWith('language_')),
    )
    const counts = Map.groupBy(languages, (language) => language)
    for (const language of ['en', 'ko', 'zh', 'ja', 'pt']) {
      expect(counts.get(`language_${language}`)?.length).toBeGreaterThan(300)
    }
    const texts = world.tickets.flatMap(({ subject, comments }) => [
      subject,
      ...comments.map((comment) => comment.text),
    ])
    expect(texts.filter((text) => /[{}]| {2}|\(\)/.test(text))).toEqual([])
  })

  test('begin with the customer, run in order, and end when the ticket is solved', () => {
    const wrong = world.tickets.filter(({ comments, createdAt, solvedAt, status }) => {
      const times = comments.map((comment) => comment.at)
      const done = status === 'solved' || status === 'closed'
      const answered = comments.some((comment) => comment.author === 'agent')
      return (
        comments[0]?.author !== 'customer' ||
        times[0] !== createdAt ||
        times.some((time, index) => time < (times[index - 1] ?? '')) ||
        solvedAt !== (done ? times.at(-1) : undefined) ||
        (status === 'new') === answered
      )
    })
    expect(wrong).toEqual([])
  })

  test('are varied: few openings are said twice by the same words', () => {
    const openings = world.tickets.map((ticket) => ticket.comments[0]?.text)
    expect(new Set(openings).size / openings.length).toBeGreaterThan(0.85)
  })

  test('have every status, and agents answer at work only', () => {
    expect(new Set(world.tickets.map((ticket) => ticket.status))).toEqual(
      new Set(['new', 'open', 'pending', 'hold', 'solved', 'closed']),
    )
    const answers = world.tickets.flatMap((ticket) =>
      ticket.comments.filter((comment) => comment.author === 'agent' && comment.public),
    )
    expect(answers.every((comment) => isWorking(minute(comment.at)))).toBe(true)
  })
})

/** Good of all ratings of tickets created in the days, chosen by channel and hours. */
const rate = (from: number, until: number, chosen: (channel: string, off: boolean) => boolean) => {
  const today = dayOf(world.today)
  const [start, end] = [dayText(today - from), dayText(today - until)]
  const levels = world.tickets
    .filter((ticket) => ticket.createdAt >= start && ticket.createdAt <= `${end}T23:59`)
    .filter((ticket) => chosen(ticket.channel, !isWorking(minute(ticket.createdAt))))
    .flatMap((ticket) => ticket.rating?.level ?? [])
  return {
    ratings: levels.length,
    rate: levels.filter((level) => level >= 4).length / levels.length,
  }
}

const inChat = (channel: string, off: boolean) => channel === 'chat' && off
const elsewhere = (channel: string, off: boolean) => !inChat(channel, off)

describe('its ratings', () => {
  const rated = records.ratings.filter((rating) => rating.level !== undefined)

  test('have reasons only at three of five and below', () => {
    const wrong = records.ratings.filter(
      ({ level, reasons = [], offeredAt = '', ratedAt }) =>
        (level === undefined) !== (ratedAt === undefined) ||
        (ratedAt !== undefined && ratedAt <= offeredAt) ||
        ((level ?? 5) > 3 && reasons.length > 0),
    )
    expect(wrong).toEqual([])
    const asked = rated.filter((rating) => (rating.level ?? 5) <= 3)
    const given = asked.filter((rating) => (rating.reasons ?? []).length > 0)
    expect(given.length / asked.length).toBeGreaterThan(0.6)
    expect(given.length / asked.length).toBeLessThan(0.95)
  })

  test('use all five levels, and about half of the offers are answered', () => {
    expect(new Set(rated.map((rating) => rating.level))).toEqual(new Set([1, 2, 3, 4, 5]))
    expect(rated.length / records.ratings.length).toBeGreaterThan(0.4)
    expect(rated.length / records.ratings.length).toBeLessThan(0.6)
  })

  test('fall for two weeks in the chat, off hours, for delayed deliveries, and nowhere else', () => {
    const before = rate(delayFrom + 60, delayFrom + 1, () => true)
    const during = rate(delayFrom, delayUntil, () => true)
    expect(before.rate).toBeGreaterThan(0.68)
    expect(during.rate).toBeLessThan(before.rate - 0.25)
    expect(rate(delayFrom, delayUntil, inChat)).toMatchObject({ rate: expect.closeTo(0, 0) })
    expect(rate(delayFrom, delayUntil, elsewhere).rate).toBeGreaterThan(before.rate - 0.1)
    expect(rate(delayUntil - 1, 1, () => true).rate).toBeGreaterThan(before.rate - 0.1)
  })
})

describe('its schedule', () => {
  test.each([
    ['2026-11-26T09:00:00Z', true, 'a Thursday at nine'],
    ['2026-11-26T18:00:00Z', false, 'six o’clock is closed'],
    ['2026-07-02T08:30:00Z', true, 'half past nine in summer time'],
    ['2026-07-02T17:30:00Z', false, 'half past six in summer time'],
    ['2026-11-28T13:59:00Z', true, 'Saturday before two'],
    ['2026-11-29T12:00:00Z', false, 'Sunday'],
    ['2026-12-25T12:00:00Z', false, 'Christmas, a Friday'],
  ])('at %s somebody works: %s (%s)', (instant, expected, _because) => {
    expect(isWorking(minute(instant))).toBe(expected)
  })

  test('names the same hours and holidays as data', () => {
    expect(world.schedule.intervals).toHaveLength(6)
    expect(world.schedule.holidays).toContainEqual({ from: '2026-12-25', to: '2026-12-26' })
    expect(instantText(minuteAt(dayOf('2026-07-02'), 540))).toBe('2026-07-02T08:00:00Z')
  })
})

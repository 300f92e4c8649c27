import { describe, expect, test } from 'vitest'
import { factsOf } from '../../worker/customers/facts.ts'
import { customerTable } from '../../worker/customers/table.ts'
import { splitBy } from '../../worker/instances/split.ts'
import { instancesOn } from '../../worker/instances/totals.ts'
import { because } from '../../worker/segments/because.ts'
import { compile } from '../../worker/segments/compile.ts'
import { defaultSegments } from '../../worker/segments/defaults.ts'
import { historyOf } from '../../worker/segments/history.ts'
import { lineOn } from '../../worker/segments/line.ts'
import { membersOn } from '../../worker/segments/members.ts'
import { evaluate, isMember } from '../../worker/segments/membership.ts'
import { linesOf } from '../../worker/segments/rank.ts'
import type { SegmentRule } from '../../worker/segments/rule.ts'
import { parseDay } from '../../worker/time.ts'
import { findInterval, listIntervals, OPEN } from '../../worker/timeline/intervals.ts'
import { Oracle, type OracleCondition, type OraclePerson } from '../support/oracle.ts'
import { hasRealShops, onlineRetail, superstore, utcSettings } from '../support/shops.ts'

const day = (text: string): number => parseDay(text) ?? Number.NaN

const defaults: readonly SegmentRule[] = defaultSegments

function sizes(facts: ReturnType<typeof factsOf>, on: string) {
  const lines = linesOf(defaults, () => [facts])
  return Object.fromEntries(
    defaults.map(({ key }) => {
      const members = membersOn(defaults, key, day(on), lines)
      members.add(facts)
      return [key, members.finish().persons.length]
    }),
  )
}

function totals(facts: ReturnType<typeof factsOf>, on: string) {
  const table = customerTable(day(on))
  table.add(facts)
  const { orders, value } = table.finish()
  const buyers = orders.filter((n) => n > 0).length
  return {
    customers: buyers,
    orders: orders.reduce((sum, n) => sum + n, 0),
    value: value.reduce((sum, n, i) => ((orders[i] ?? 0) > 0 ? sum + n : sum), 0),
  }
}

describe.skipIf(!hasRealShops)('online_retail, where ../shared/data is there', () => {
  const { orders, refunds } = hasRealShops ? onlineRetail() : { orders: [], refunds: [] }
  const facts = factsOf({ orders }, utcSettings('GBP'))
  const lines = linesOf(defaults, () => [facts])

  test('has the known totals, gross, on 2011-09-30', () => {
    expect(totals(facts, '2011-09-30')).toEqual({
      customers: 3616,
      orders: 13_171,
      value: 619_207_894,
    })
  })

  test.each([
    ['2011-09-30', { vip: 362, repeat_customer: 2171, active_customer: 434, new_customer: 656 }],
    ['2011-03-31', { vip: 214, repeat_customer: 888, active_customer: 310, new_customer: 1249 }],
  ])('has the known segment sizes on %s', (on, known) => {
    expect(sizes(facts, on)).toEqual({ ...known, new_contact: 0, repeat_contact: 0 })
  })

  test('has 2,134 customers on 2011-03-31', () => {
    expect(totals(facts, '2011-03-31').customers).toBe(2134)
  })

  test('has its VIP line at 3,010.74 on 2011-09-30', () => {
    expect(lineOn(lines.get('vip#0'), day('2011-09-30'))).toEqual({
      value: 301_074,
      n: 3616,
      k: 362,
      tooFew: false,
    })
  })

  test('knows customer 14646: 47 orders, 203,106.64, VIP, repeat and active with reasons', () => {
    const i = facts.persons.indexOf(14_646)
    const compiled = compile(defaults, facts, lines)
    const today = day('2011-09-30')
    const held = defaults.flatMap(({ key }, s) =>
      isMember(compiled, s, i, today) ? [[key, because(compiled, s, i, today)[0]?.actual]] : [],
    )
    expect(held).toEqual([
      ['vip', 20_310_664],
      ['repeat_customer', 47],
      ['active_customer', expect.any(Number)],
    ])
  })

  test('splits by country as known', () => {
    const instances = instancesOn('Country', day('2011-09-30'))
    instances.add(facts)
    const { items, all, overlap } = instances.finish()
    expect(items.reduce((sum, { customers }) => sum + customers, 0)).toBe(3623)
    expect(overlap).toBe(7)
    expect(all.customers).toBe(3616)
    const [kingdom] = items
    expect(kingdom).toMatchObject({
      value: 'United Kingdom',
      customers: 3265,
      orders: 11_851,
      totalOrderValue: 503_059_541,
    })
    expect(kingdom?.repurchaseRate).toBeCloseTo(0.598775, 6)
    const germany = items.find(({ value }) => value === 'Germany')
    expect(germany).toMatchObject({ customers: 78, orders: 314, totalOrderValue: 16_121_953 })
    expect(germany?.repurchaseRate).toBeCloseTo(0.679487, 6)
  })

  test('with credit notes as refunds without an order comes to 5,860,987.49 and a line of 2,911.20', () => {
    const net = factsOf({ orders, refunds }, utcSettings('GBP'))
    expect(totals(net, '2011-09-30').value).toBe(586_098_749)
    const netLines = linesOf(defaults, () => [net])
    expect(lineOn(netLines.get('vip#0'), day('2011-09-30')).value).toBe(291_120)
  })

  test('answers a new segment for a past day: 40 with two orders in twelve months from Germany', () => {
    const segments: SegmentRule[] = [
      {
        key: 'german_repeat',
        rule: {
          all: [
            {
              fact: 'orders.count',
              within: { months: 12 },
              where: [{ property: 'Country', op: '=', value: 'Germany' }],
              op: '>=',
              value: 2,
            },
          ],
        },
      },
    ]
    const members = membersOn(segments, 'german_repeat', day('2011-06-30'))
    members.add(facts)
    expect(members.finish().persons).toHaveLength(40)
  })

  test('has a VIP history that equals plain recounting on all 304 days', () => {
    const from = day('2010-12-01')
    const to = day('2011-09-30')
    const history = historyOf(defaults, ['vip'], from, to, { lines, withValue: true })
    history.add(facts)
    const vip = history.finish().get('vip')
    const byDay = Map.groupBy(orders, ({ at }) => Math.floor(at / 86_400_000))
    const spent = new Map<number, number>()
    const wrong: unknown[] = []
    let before = new Set<number>()
    for (let today = from; today <= to; today += 1) {
      for (const { person, paid } of byDay.get(today) ?? []) {
        spent.set(person, (spent.get(person) ?? 0) + paid)
      }
      const sorted = [...spent.values()].toSorted((a, b) => b - a)
      const line =
        sorted.length < 10 ? Infinity : (sorted[Math.ceil(sorted.length / 10) - 1] ?? Infinity)
      const members = new Set([...spent].filter(([, sum]) => sum >= line).map(([person]) => person))
      const value = [...members].reduce((sum, person) => sum + (spent.get(person) ?? 0), 0)
      const d = today - from
      const counted = {
        size: members.size,
        joined: [...members].filter((person) => !before.has(person)).length,
        left: [...before].filter((person) => !members.has(person)).length,
        value,
      }
      const found = {
        size: vip?.size[d],
        joined: vip?.joined[d],
        left: vip?.left[d],
        value: vip?.value[d],
      }
      if (JSON.stringify(counted) !== JSON.stringify(found)) wrong.push({ d, counted, found })
      before = members
    }
    expect(to - from + 1).toBe(304)
    expect(wrong).toEqual([])
  })

  test('equals the oracle on 1,000 random persons, segments and days', () => {
    const persons = [...Map.groupBy(orders, ({ person }) => person)].map(
      ([id, rows]): OraclePerson => ({
        id,
        createdAt: [],
        refunds: [],
        tickets: [],
        ratings: [],
        messages: [],
        observations: [],
        orders: rows.map((row) => ({ ...row, refunds: [], properties: {}, lines: [] })),
      }),
    )
    const world = { persons, base: 'GBP', rates: {}, countUnpaid: false }
    const rules = Object.fromEntries(defaults.map(({ key, rule }) => [key, rule]))
    const oracle = new Oracle(world, rules)
    const compiled = compile(defaults, facts, lines)
    let state = 20_110_930
    const random = (n: number) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      return Math.floor((state / 2 ** 32) * n)
    }
    // Few days for all draws, because the oracle recounts everybody for each day's line.
    const days = Array.from({ length: 40 }, () => day('2010-12-01') + random(420))
    const wrong: unknown[] = []
    let members = 0
    for (let draw = 0; draw < 1000; draw += 1) {
      const person = persons[random(persons.length)]
      const today = days[random(days.length)] ?? 0
      const s = random(defaults.length)
      const { key = '' } = defaults[s] ?? {}
      if (person === undefined) continue
      const i = facts.persons.indexOf(person.id)
      const engine = findInterval(evaluate(compiled, s, i), today) >= 0
      if (engine !== oracle.member(key, person, today))
        wrong.push({ key, person: person.id, today })
      if (!engine) continue
      members += 1
      for (const { actual: _, events: __, line: ___, ...condition } of because(
        compiled,
        s,
        i,
        today,
      )) {
        const asked: OracleCondition = condition
        if (!oracle.holds(asked, person, today)) wrong.push({ key, person: person.id, condition })
      }
    }
    expect(wrong).toEqual([])
    expect(members).toBeGreaterThan(100)
  })

  test('predicts ends that come true when nothing else happens', () => {
    const compiled = compile(defaults, facts, lines)
    const today = day('2011-06-30')
    const past = factsOf(
      { orders: orders.filter(({ at }) => Math.floor(at / 86_400_000) <= today) },
      utcSettings('GBP'),
    )
    const then = compile(defaults, past, lines)
    let compared = 0
    for (let i = 0; i < past.persons.length; i += 1) {
      const now = facts.persons.indexOf(past.persons[i] ?? 0)
      const last = facts.orders.offsets[now + 1] ?? 0
      if ((facts.orders.day[last - 1] ?? OPEN) > today) continue
      for (const s of [1, 2, 3]) {
        expect(listIntervals(evaluate(then, s, i))).toEqual(
          listIntervals(evaluate(compiled, s, now)),
        )
        compared += 1
      }
    }
    expect(compared).toBeGreaterThan(1000)
  })
})

describe.skipIf(!hasRealShops)('superstore, where ../shared/data is there', () => {
  const { orders } = hasRealShops ? superstore() : { orders: [] }
  const facts = factsOf({ orders }, utcSettings('USD'))
  const last = '2017-12-30'

  test('has the known totals', () => {
    expect(totals(facts, last)).toEqual({ customers: 793, orders: 5009, value: 229_720_113 })
  })

  test('has the known customers by region on its last day', () => {
    const instances = instancesOn('Region', day(last))
    instances.add(facts)
    const customers = instances.finish().items.map((item) => [item.value, item.customers])
    expect(Object.fromEntries(customers)).toEqual({
      West: 686,
      East: 674,
      Central: 629,
      South: 512,
    })
  })

  test('has the known VIPs within each region on its last day', () => {
    const split = splitBy(facts, 'Region')
    const lines = linesOf(defaults, () => [split])
    const vips = ['West', 'East', 'Central', 'South'].map((region) => {
      const members = membersOn(defaults, 'vip', day(last), lines, region)
      members.add(split)
      return members.finish().persons.length
    })
    expect(vips).toEqual([69, 68, 63, 52])
  })
})

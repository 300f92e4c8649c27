import { describe, expect, test } from 'vitest'
import type { KeptCard } from '../../worker/cards/kept.ts'
import { changesOn, type On, personOn, type PushPerson } from '../../worker/push/person.ts'
import { pushSettings } from '../../worker/push/settings.ts'
import { keptFields, keptTicketFields, wanted, wantedOfTicket } from '../../worker/push/wanted.ts'
import { parseDay } from '../../worker/time.ts'

const day = (text: string) => parseDay(text) ?? 0
const on: On = { today: day('2026-11-26'), lines: {}, badRatingDays: 90 }

/** Somebody with three orders since 1 January 2024, 450.00 in all; the bad rating is of 1 November. */
const card: KeptCard = {
  day: on.today,
  name: 'Mina Park',
  email: null,
  phone: null,
  totals: {
    orders: 3,
    priced: 3,
    value: 45_000,
    first: day('2024-01-01'),
    last: day('2026-11-18'),
  },
  channels: [],
  segments: [
    { key: 'repeat_customer', spans: [{ since: day('2026-03-01'), until: day('2027-02-14') }] },
    { key: 'new_line', spans: [{ since: day('2026-12-05'), until: null }] },
  ],
  events: [],
  openTickets: 1,
  tickets: 2,
  badRating: { ticket: '1043', day: day('2026-11-01'), level: 1, scale: 5, reasons: ['Slow'] },
  profiles: ['id:shop:1', 'id:zendesk:501'],
  at: 0,
  names: {},
  identities: [],
  candidates: [],
  mood: null,
  recent: [],
}

const all = pushSettings.parse({
  fields: [
    'segments',
    'segmentTags',
    'orders',
    'orderValue',
    'averageSpend',
    'latestPurchase',
    'yearlySpend',
    'sentiment',
    'badRating',
  ],
  checkboxes: ['vip', 'repeat_customer'],
})
const of = (person: PushPerson, settings = all, currency = 'GBP') =>
  wanted(person, settings, currency, keptFields(settings))

describe('what a user should hold', () => {
  test('is what the card says today, money in units', () => {
    // 2 years and 305 days up to 1 November: 450 ÷ 2.8337.
    expect(of(personOn(card, {}, on)).values).toEqual({
      rapport_segments: 'repeat_customer',
      rapport_segment_tags: ['rapport_repeat_customer'],
      rapport_orders: 3,
      rapport_order_value: 450,
      rapport_average_spend: 150,
      rapport_latest_purchase: '2026-11-18',
      rapport_yearly_spend: 158.8,
      rapport_bad_rating: true,
      rapport_bad_rating_on: '2026-11-01',
      rapport_bad_rating_reason: 'Slow',
      rapport_is_repeat_customer: true,
    })
  })

  test('has a reason for every value', () => {
    const { values, because } = of(personOn(card, {}, on))
    expect(Object.keys(because).toSorted()).toEqual(Object.keys(values).toSorted())
    const until = '2027-01-30'
    expect(because).toMatchObject({
      rapport_is_repeat_customer: { why: 'member', since: '2026-03-01', until: '2027-02-14' },
      rapport_bad_rating: { why: 'rating', ticket: '1043', until },
      rapport_orders: { why: 'orders', orders: 3, last: '2026-11-18' },
      rapport_segments: { why: 'segments', segments: ['repeat_customer'] },
    })
  })

  test('leaves empty what nobody has: no orders, no rating, no mood', () => {
    const empty = { ...card, segments: [], badRating: null }
    const totals = { orders: 0, priced: 0, value: 0, first: null, last: null }
    expect(of(personOn({ ...empty, totals }, {}, on)).values).toEqual({})
  })

  test('has no decimals in yen and three in dinar', () => {
    const settings = { ...all, fields: ['orderValue' as const], checkboxes: [] }
    const person = personOn(card, {}, on)
    expect(of(person, settings, 'JPY').values).toEqual({ rapport_order_value: 45_000 })
    expect(of(person, settings, 'KWD').values).toEqual({ rapport_order_value: 45 })
  })

  test('a checkbox is of the chosen segment alone, though another key makes the same field', () => {
    const other = { ...all, fields: [], checkboxes: ['big-spender'] }
    const inBoth = (keys: string[]) => {
      const [one] = card.segments
      if (one === undefined) throw new Error('The card has no segment.')
      const segments = keys.map((key) => ({ ...one, key }))
      return of(personOn({ ...card, segments }, {}, on), other).values
    }
    expect(inBoth(['big__spender'])).toEqual({})
    expect(inBoth(['big-spender'])).toEqual({ rapport_is_big__spender: true })
    const twice = { checkboxes: ['big-spender', 'big__spender'] }
    expect(pushSettings.safeParse(twice).error?.issues[0]?.message).toMatch(/share a field/)
  })

  test('holds what acting on a list put there', () => {
    const settings = { ...all, fields: [], checkboxes: [] }
    const person = personOn(card, { spring: true, wave: 'b' }, on)
    const kept = keptFields(settings, [
      ['spring', 'checkbox'],
      ['wave', 'text'],
    ])
    expect(wanted(person, settings, 'GBP', kept).values).toEqual({
      rapport_list_spring: true,
      rapport_list_wave: 'b',
    })
  })
})

describe('the next day on which it changes by itself', () => {
  test('is the first of all: a membership begins, a month begins, the flag ends', () => {
    const next = (one: typeof card, when: typeof on) => changesOn(one, when, all.fields)
    expect(next(card, on)).toBe(day('2026-12-01'))
    expect(next(card, { ...on, today: day('2026-12-02') })).toBe(day('2026-12-05'))
    const quiet = { ...card, totals: { ...card.totals, first: null } }
    expect(next(quiet, { ...on, today: day('2026-12-10') })).toBe(day('2027-01-30'))
    expect(next(quiet, { ...on, today: day('2027-01-30') })).toBe(day('2027-02-14'))
    expect(next(quiet, { ...on, today: day('2027-02-14') })).toBeNull()
    // A month changes the yearly spend only.
    expect(changesOn(card, on, ['orders'])).toBe(day('2026-12-05'))
  })

  test('changes what is wanted: on the day before not yet, on the day it does', () => {
    const flag = (text: string) =>
      of(personOn(card, {}, { ...on, today: day(text) })).values['rapport_bad_rating']
    expect([flag('2027-01-29'), flag('2027-01-30')]).toEqual([true, undefined])
    const segments = (text: string) =>
      of(personOn(card, {}, { ...on, today: day(text) })).values['rapport_segments']
    expect([segments('2026-12-04'), segments('2026-12-05'), segments('2027-02-14')]).toEqual([
      'repeat_customer',
      'new_line, repeat_customer',
      'new_line',
    ])
  })
})

test('an open ticket holds VIP, sentiment and when its customer changed, as far as that is chosen', () => {
  const person: PushPerson = {
    ...personOn(card, {}, on),
    segments: [{ key: 'vip', since: '2026-11-02', until: null }],
    mood: 'negative',
  }
  const chosen = { ...all, ticketFields: true, touchTickets: true }
  expect(wantedOfTicket(person, chosen, Date.parse('2026-11-26T09:00:00Z')).values).toEqual({
    vip: true,
    sentiment: 'rapport_negative',
    touched: '2026-11-26T09:00:00.000Z',
  })
  expect([...keptTicketFields(chosen).keys()]).toEqual(['vip', 'sentiment', 'touched'])
  expect(wantedOfTicket(person, all, 1).values).toEqual({})
})

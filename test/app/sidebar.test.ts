import { describe, expect, it, test } from 'vitest'
import { initialsOf } from '../../app/card/initials.ts'
import { askedBy, kindOfKey, matchedBy } from '../../app/card/match.ts'
import { badgesOf, paymentOf, shownId, webAddress } from '../../app/card/order.ts'
import { nextHeight } from '../../app/sidebar/height.ts'
import { nextRefresh } from '../../app/sidebar/refresh.ts'
import { followSubject, type Subject } from '../../app/sidebar/requester.ts'
import type { Requester, Zaf } from '../../app/zaf.ts'
import type { CardOrder } from '../../worker/customers/card.ts'
import { makeCard, makeOrder } from '../support/dom/card.ts'

const person = (id: string): Requester => ({
  id,
  externalId: null,
  name: id,
  email: null,
  phone: null,
})
const settled = () => new Promise((resolve) => setTimeout(resolve))

/** A help desk whose readings end when the test says so. */
function slowDesk() {
  const readings: ((requester: Requester | null) => void)[] = []
  const handlers = new Map<string, () => void>()
  const zaf: Zaf = {
    requester: () => new Promise((resolve) => readings.push(resolve)),
    ticketId: async () => '1',
    locale: async () => null,
    scheme: async () => null,
    on: (event, handler) => {
      handlers.set(event, handler)
      return () => handlers.delete(event)
    },
    resize: () => undefined,
    openTicket: () => undefined,
    openUser: () => undefined,
    openTab: () => undefined,
  }
  return { zaf, readings, handlers }
}

describe('nextRefresh', () => {
  const calm = { active: true, failures: 0, waiting: 0, watchedUntil: 0, at: 1_000 }
  test.each<[Partial<Parameters<typeof nextRefresh>[0]>, number | false, string]>([
    [{}, 60_000, 'nothing happens: once a minute'],
    [{ waiting: 3 }, 1_500, 'changes are on their way'],
    [{ watchedUntil: 5_000 }, 2_000, 'something just happened in the ticket'],
    [{ watchedUntil: 500 }, 60_000, 'that is over'],
    [{ failures: 1, waiting: 3 }, 30_000, 'back off after an error'],
    [{ failures: 2 }, 120_000, 'and further after more'],
    [{ active: false, waiting: 3 }, false, 'nobody looks'],
  ])('%o: %s', (change, ms) => {
    expect(nextRefresh({ ...calm, ...change })).toBe(ms)
  })
})

describe('nextHeight', () => {
  test.each<[number, number, number | null, string]>([
    [0, 480.2, 481, 'part of a pixel would be cut off'],
    [481, 480.6, null, 'nothing changed'],
    [481, 482, null, 'one pixel is a rounding, not a change'],
    [481, 19, null, 'a hidden panel measures nothing'],
    [481, 0, null, 'nor does one that is closed'],
    [481, 9_000, 2_000, 'longer panels scroll inside'],
    [2_000, 9_500, null, 'and ask no more'],
  ])('from %d to %d asks for %o', (current, measured, wanted) => {
    expect(nextHeight(current, measured)).toBe(wanted)
  })
})

describe('followSubject', () => {
  it('tells only the latest of fifty quick switches, whatever order they end in', async () => {
    const { zaf, readings, handlers } = slowDesk()
    const told: Subject[] = []
    followSubject(zaf, (subject) => told.push(subject))
    for (let index = 0; index < 49; index += 1) handlers.get('ticket.requester.id.changed')?.()
    expect(readings).toHaveLength(50)
    for (const at of [49, 3, 48, 0, 20]) readings[at]?.(person(`p${at}`))
    await settled()
    expect(told.map(({ requester }) => requester?.id)).toEqual(['p49'])
  })

  it('tells that nobody is there', async () => {
    const { zaf, readings } = slowDesk()
    const told: Subject[] = []
    followSubject(zaf, (subject) => told.push(subject))
    readings[0]?.(null)
    await settled()
    expect(told).toEqual([{ state: 'nobody', requester: null, ticketId: '1' }])
  })

  it('tells nothing after its end, and listens to nothing', async () => {
    const { zaf, readings, handlers } = slowDesk()
    const told: Subject[] = []
    followSubject(zaf, (subject) => told.push(subject))()
    readings[0]?.(person('p0'))
    await settled()
    expect(told).toEqual([])
    expect(handlers.size).toBe(0)
  })
})

describe('match evidence', () => {
  const card = makeCard({
    identities: [
      { kind: 'id', value: 'zendesk:101', verified: true },
      { kind: 'email', value: 'minji@example.com', verified: true },
      { kind: 'phone', value: '+821023456789', verified: true },
    ],
  })

  test.each<[Omit<Requester, 'name'>, string[], string]>([
    [
      { id: '101', externalId: null, email: null, phone: null },
      ['id'],
      'the help-desk user itself',
    ],
    [
      { id: '9', externalId: null, email: 'Minji@Example.com', phone: null },
      ['email'],
      'case does not matter',
    ],
    [
      { id: '9', externalId: null, email: null, phone: '+82 10-2345-6789' },
      ['phone'],
      'nor do spaces and dashes',
    ],
    [
      { id: '101', externalId: null, email: 'minji@example.com', phone: null },
      ['id', 'email'],
      'two keys',
    ],
    [{ id: '9', externalId: null, email: 'other@example.com', phone: null }, [], 'no key'],
  ])('%o matches by %o', (keys, matched) => {
    expect(matchedBy(card, { name: null, ...keys })).toEqual(matched)
  })

  it('names the keys that were asked for', () => {
    expect(askedBy({ id: '1', externalId: null, name: null, email: 'a@b.c', phone: null })).toEqual(
      ['id', 'email'],
    )
  })

  it('tells the kind of a key', () => {
    expect(
      ['phone:+8210', '+82 10 2345', 'email:a@b.c', 'a@b.c', 'id:shopify:7'].map(kindOfKey),
    ).toEqual(['phone', 'phone', 'email', 'email', 'id'])
  })
})

describe('orders', () => {
  test.each<[Partial<CardOrder>, string[], string]>([
    [
      { status: 'paid', fulfilment: 'delivered' },
      ['fulfilment.delivered'],
      'plainly paid: only where the goods are',
    ],
    [{ status: 'paid', fulfilment: null }, [], 'nothing to say'],
    [
      { status: 'unpaid', fulfilment: 'on hold' },
      ['order.unpaid'],
      'the money explains the waiting',
    ],
    [
      { status: 'partly_paid', fulfilment: 'shipped' },
      ['order.partly_paid', 'fulfilment.shipped'],
      'both matter',
    ],
    [{ status: 'paid', total: 500, refunded: 500 }, ['order.fullRefund'], 'all of it'],
    [{ status: 'paid', total: 500, refunded: 20 }, ['order.partRefund'], 'some of it'],
    [{ status: 'cancelled', fulfilment: 'shipped' }, ['order.cancelled'], 'cancelled says all'],
    [{ status: 'test', fulfilment: 'shipped' }, ['order.test'], 'no real order'],
  ])('%o shows %o', (change, keys) => {
    expect(badgesOf(makeOrder(change)).map(({ key }) => key)).toEqual(keys)
  })

  it("says the shop's own payment state where there is one", () => {
    expect(paymentOf(makeOrder({ paymentStatus: 'authorized' })).key).toBe('payment.authorized')
    expect(paymentOf(makeOrder({ paymentStatus: null, status: 'unpaid' })).key).toBe('order.unpaid')
  })

  test.each([
    ['https://shop.example.com/o/1', 'https://shop.example.com/o/1'],
    ['javascript:alert(1)', null],
    ['JavaScript:alert(1)', null],
    ['data:text/html,x', null],
    ['//shop.example.com', null],
    ['nonsense', null],
    [null, null],
  ])('a link to %s is %s', (url, address) => {
    expect(webAddress(url)).toBe(address)
  })

  it('drops the prefix of the source from an id, and nothing else', () => {
    expect([shownId('shopify:1043'), shownId('C-99120'), shownId('own_shop:a:b')]).toEqual([
      '1043',
      'C-99120',
      'a:b',
    ])
  })
})

describe('initialsOf', () => {
  test.each([
    ['Kim Minji', 'KM'],
    ['Ana de Souza', 'AS'],
    ['김민지', '김민'],
    ['佐藤 花子', '佐藤'],
    ['minji.kim@example.com', 'MC'],
    ['Åsa', 'Å'],
    ['🎉', '?'],
    ['', '?'],
  ])('%s gives %s', (name, initials) => {
    expect(initialsOf(name)).toBe(initials)
  })
})

import { minuteAt } from '../calendar.ts'
import { type Role, buy, human } from '../cast.ts'
import type { Frame } from '../draft.ts'

export function fullRefund(frame: Frame): Role {
  const person = human(
    {
      name: 'Tiago Fonseca',
      given: 'Tiago',
      language: 'pt',
      city: 'Porto',
      country: 'PT',
      currency: 'EUR',
      contact: { email: 'tiago.fonseca@mail.example' },
    },
    15,
    ['web'],
    frame,
  )
  const order = buy(frame, person, frame.today - 35, { 'LUM-01': 1, 'PAN-01': 1 })
  return {
    key: 'full-refund',
    shows: 'The only order is refunded in full: it still counts, and is worth nothing.',
    person,
    orders: [{ ...order, refunds: [{ at: minuteAt(frame.today - 18, 700), amount: order.total }] }],
    tickets: [
      {
        topic: 'refund',
        channel: 'email',
        upset: false,
        daysAgo: 24,
        minute: 700,
        about: 'latest',
      },
    ],
  }
}

export function lateRefund(frame: Frame): Role {
  const person = human(
    {
      name: 'Gwendolyn Achebe',
      given: 'Gwendolyn',
      contact: { email: 'gwendolyn.achebe@mail.example' },
    },
    16,
    ['web'],
    frame,
  )
  const big = buy(frame, person, frame.today - 430, { 'LOA-02': 30 })
  return {
    key: 'late-refund',
    shows: 'A VIP until a big order was refunded a month ago, more than a year after it.',
    person,
    orders: [
      { ...big, refunds: [{ at: minuteAt(frame.today - 30, 800), amount: big.total }] },
      buy(frame, person, frame.today - 200, { 'DRI-02': 1 }),
    ],
    tickets: [
      {
        topic: 'refund',
        channel: 'email',
        upset: true,
        daysAgo: 33,
        minute: 690,
        about: 'first',
        script: { tone: 'neutral' },
      },
    ],
  }
}

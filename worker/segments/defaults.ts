import type { SegmentRule } from './rule.ts'

/** The six segments every account starts with: ordinary rules that anyone can read, copy and edit. */
export const defaultSegments = [
  { key: 'vip', rule: { all: [{ fact: 'orders.sum', rank: { top: 10, unit: '%' } }] } },
  {
    key: 'repeat_customer',
    rule: { all: [{ fact: 'orders.count', within: { months: 12 }, op: '>=', value: 2 }] },
  },
  {
    key: 'active_customer',
    rule: { all: [{ fact: 'orders.count', within: { months: 3 }, op: '>=', value: 3 }] },
  },
  {
    key: 'new_customer',
    rule: { all: [{ fact: 'orders.first.day', op: 'within', value: { months: 3 } }] },
  },
  {
    key: 'new_contact',
    rule: {
      all: [
        { fact: 'tickets.count', op: '=', value: 1 },
        { fact: 'orders.count', op: '=', value: 0 },
      ],
    },
  },
  {
    key: 'repeat_contact',
    rule: {
      all: [
        { fact: 'tickets.count', op: '>=', value: 2 },
        { fact: 'orders.count', op: '=', value: 0 },
      ],
    },
  },
] as const satisfies readonly SegmentRule[]

import { expect, test } from 'vitest'
import { loadWords } from '../../app/i18n.ts'
import { sayReason } from '../../app/settings/push/why.ts'
import type { Reason } from '../../worker/push/reason.ts'

const since = '2026-03-01'
const until = '2026-12-24'

test.each<[Reason, string]>([
  [
    { why: 'orders', orders: 1_200, last: since },
    'Counted orders: 1,200; the latest on Mar 1, 2026',
  ],
  [
    { why: 'orders', orders: 2, last: until, first: since },
    'Counted orders: 2; from Mar 1, 2026 to Dec 24, 2026',
  ],
  [{ why: 'segments', segments: ['vip', 'tea'] }, 'In these segments: VIP and Tea lovers'],
  [{ why: 'member', since, until: null }, 'In the segment since Mar 1, 2026'],
  [
    { why: 'member', since, until },
    'In the segment since Mar 1, 2026, until Dec 24, 2026 if nothing happens',
  ],
  [{ why: 'line' }, 'In most counted orders of the last 12 months'],
  [{ why: 'trait', name: 'plan' }, 'From the trait plan'],
  [{ why: 'mood' }, 'Mood of the messages'],
  [
    { why: 'rating', ticket: '1043', until },
    'Bad rating of ticket 1043; counts until Dec 24, 2026 at most',
  ],
  [{ why: 'action' }, 'Somebody acted on a list'],
  [{ why: 'customer' }, 'Fields of the customer changed'],
  [{ why: 'over' }, 'No longer so'],
])('%j is told as a sentence', async (reason, text) => {
  const words = await loadWords('en', 'UTC', true)
  const nameOf = (key: string) => (key === 'vip' ? 'VIP' : 'Tea lovers')
  expect(sayReason(words, reason, nameOf)).toBe(text)
})

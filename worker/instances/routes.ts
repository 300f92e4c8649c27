import { Hono } from 'hono'
import { z } from 'zod'
import { needs } from '../auth/access.ts'
import type { AppContext, AppEnv } from '../http.ts'
import { valid } from '../http.ts'
import { eachRange } from '../load.ts'
import { orderPropertyNeeds } from '../segments/needs.ts'
import { dayCounter, parseDay } from '../time.ts'
import { instancesOn } from './totals.ts'

const query = z.strictObject({
  property: z.string().min(1).max(100),
  on: z.iso.date().optional(),
})

async function instances(c: AppContext, { property, on }: z.output<typeof query>) {
  const account = c.get('account')
  const today = dayCounter(account.timeZone)(c.get('now'))
  const collector = instancesOn(property, on === undefined ? today : (parseDay(on) ?? today))
  const needed = new Set(['orders' as const, ...orderPropertyNeeds(property)])
  for await (const { facts, skip, tail } of eachRange(c.get('db'), account, needed)) {
    collector.add(facts, skip)
    collector.add(tail)
  }
  return collector.finish()
}

const named = (value: string | number | boolean | null) => value ?? '(none)'

export const instanceRoutes = new Hono<AppEnv>()
  .get(
    '/v1/instances',
    needs('read', 'Customers, orders and value by an order property'),
    valid('query', query),
    async (c) => {
      const { items, all, overlap } = await instances(c, c.req.valid('query'))
      const { currency } = c.get('account')
      return c.json(
        {
          items: items.map((item) => ({ ...item, value: named(item.value) })),
          all,
          overlap,
          currency,
          total: items.length,
        },
        200,
      )
    },
  )
  .get(
    '/v1/instances/overlaps',
    needs('read', 'Customers that two values of an order property share'),
    valid('query', query),
    async (c) => {
      const { overlaps } = await instances(c, c.req.valid('query'))
      const items = overlaps.map(({ a, b, customers }) => ({ a: named(a), b: named(b), customers }))
      return c.json({ items, next: null, total: items.length }, 200)
    },
  )

import { Hono } from 'hono'
import { z } from 'zod'
import { needs } from '../auth/access.ts'
import type { AppContext, AppEnv } from '../http.ts'
import { valid } from '../http.ts'
import { eachFacts } from '../lines.ts'
import { fieldsOf } from './catalog.ts'
import { selectNamedSlices, selectOrderNames, selectTicketNames } from './store.ts'
import { valueNeeds, valuesOf } from './values.ts'

const valuesQuery = z.strictObject({
  of: z.enum(fieldsOf),
  name: z.string().max(200).default(''),
  q: z.string().max(100).default(''),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

const families = [
  ['order', 'orders.property:'],
  ['line', 'lines.property:'],
  ['ticket', 'tickets.field:'],
] as const

/** Names that the shop gave: properties of orders and lines, fields of tickets, traits. */
async function namesOf(c: AppContext) {
  const account = c.get('account')
  const [slices, orders, tickets] = await c
    .get('db')
    .batch([
      selectNamedSlices(account.id),
      selectOrderNames(account.id),
      selectTicketNames(account.id),
    ])
  const names = new Map<string, Set<string>>(
    ['order', 'line', 'ticket', 'trait'].map((noun) => [noun, new Set()]),
  )
  for (const { slice } of slices?.rows ?? []) {
    const family = families.find(([, prefix]) => String(slice).startsWith(prefix))
    if (family !== undefined) names.get(family[0])?.add(String(slice).slice(family[1].length))
  }
  for (const { noun, name } of [...(orders?.rows ?? []), ...(tickets?.rows ?? [])]) {
    names.get(String(noun))?.add(String(name))
  }
  const traits = names.get('trait')
  await eachFacts(
    c.get('db'),
    account,
    [],
    ({ observations }) => {
      for (const word of observations.name.words) {
        const text = String(word)
        if (text.startsWith('trait:')) traits?.add(text.slice('trait:'.length))
      }
    },
    ['observations'],
  )
  return Object.fromEntries([...names].map(([noun, found]) => [noun, [...found].toSorted()]))
}

export const fieldRoutes = new Hono<AppEnv>()
  .get(
    '/v1/fields',
    needs(
      'read',
      'Names that the shop gave: properties of orders and lines, ticket fields, traits',
    ),
    async (c) => c.json(await namesOf(c), 200),
  )
  .get(
    '/v1/fields/values',
    needs('read', 'Values of a property, field, trait or of tags, for choosing one'),
    valid('query', valuesQuery),
    async (c) => {
      const { of, name, q, limit } = c.req.valid('query')
      const values = valuesOf({ of, name }, q, limit)
      const besides = valueNeeds({ of, name })
      await eachFacts(c.get('db'), c.get('account'), [], (facts) => values.add(facts), besides)
      return c.json({ ...values.finish(), next: null }, 200)
    },
  )

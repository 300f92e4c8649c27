import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { call, newAccount } from '../support/worker/api.ts'

type Json = string | number | boolean | null | Json[] | { [name: string]: Json }
type Step = string | number

const person = {
  id: 'shop:7',
  email: 'mina@example.com',
  phone: '+442079460000',
  name: 'Mina',
  verified: true,
}

/** A good record of each kind, with every field that there is. */
const templates: Record<string, { [name: string]: Json }> = {
  orders: {
    id: 'order',
    channel: 'web',
    customer: person,
    placedAt: '2026-03-01T10:00:00Z',
    status: 'paid',
    currency: 'GBP',
    total: 1250,
    paid: 1250,
    paymentStatus: 'captured',
    fulfilment: 'sent',
    url: 'https://shop.example/orders/1',
    shipTo: { name: 'Mina', city: 'Leeds', region: 'Yorkshire', country: 'GB', postcode: 'LS1' },
    refunds: [{ at: '2026-03-02T10:00:00Z', amount: 100 }],
    properties: { gift: true, weight: 1.5, colours: ['red'] },
    lines: [{ sku: 'a', title: 'Tea', quantity: 1, total: 1250, properties: { size: 'L' } }],
    updatedAt: '2026-03-01T11:00:00Z',
  },
  refunds: {
    id: 'refund',
    channel: 'web',
    customer: person,
    at: '2026-03-01T10:00:00Z',
    currency: 'GBP',
    amount: 100,
    orderId: 'order-0',
    updatedAt: '2026-03-01T11:00:00Z',
  },
  customers: {
    id: 'customer',
    channel: 'web',
    email: 'mina@example.com',
    phone: '+442079460000',
    name: 'Mina',
    verified: true,
    createdAt: '2026-03-01T10:00:00Z',
    traits: { tier: 'gold', age: 40, vip: true, wishes: ['tea'], gone: null },
    tags: ['loyal'],
    updatedAt: '2026-03-01T11:00:00Z',
  },
  tickets: {
    id: 'ticket',
    channel: 'email',
    requester: person,
    subject: 'Where is it?',
    type: 'question',
    status: 'solved',
    createdAt: '2026-03-01T10:00:00Z',
    solvedAt: '2026-03-02T10:00:00Z',
    reopens: 1,
    assignee: { id: '42', name: 'Ada' },
    group: 'Support',
    tags: ['late'],
    fields: { reason: 'late' },
    orderIds: ['order-0'],
    mergedInto: 'ticket-9',
    updatedAt: '2026-03-01T11:00:00Z',
  },
  messages: {
    id: 'message',
    ticketId: 'ticket-0',
    at: '2026-03-01T10:00:00Z',
    author: 'customer',
    public: true,
    text: 'Where is my order?',
    updatedAt: '2026-03-01T11:00:00Z',
  },
  ratings: {
    id: 'rating',
    ticketId: 'ticket-0',
    offeredAt: '2026-03-01T10:00:00Z',
    ratedAt: '2026-03-01T11:00:00Z',
    level: 2,
    scale: 5,
    reasons: ['slow'],
    comment: 'Too slow',
    agent: { id: '42', name: 'Ada' },
    group: 'Support',
    updatedAt: '2026-03-01T12:00:00Z',
  },
}

/** Every place of a record where a value stands, parts of it included. */
function placesOf(value: Json, path: Step[] = []): Step[][] {
  const inside: [Step, Json][] = Array.isArray(value)
    ? value.map((one, index) => [index, one])
    : typeof value === 'object' && value !== null
      ? Object.entries(value)
      : []
  const below = inside.flatMap(([step, one]) => placesOf(one, [...path, step]))
  return path.length === 0 ? below : [path, ...below]
}

/** The record with another value at a path; undefined takes the value out. */
function put(value: Json, [step, ...rest]: readonly Step[], next: Json | undefined): Json {
  if (step === undefined) return next ?? null
  const copy: Json = structuredClone(value)
  const inner = Object(copy)
  if (rest.length > 0) inner[step] = put(inner[step], rest, next)
  else if (next === undefined) delete inner[step]
  else inner[step] = next
  return copy
}

const textOf = (path: readonly Step[]) =>
  path
    .map((step, index) =>
      typeof step === 'number' ? `[${step}]` : `${index > 0 ? '.' : ''}${step}`,
    )
    .join('')

/** Values that have broken somebody's import before. */
const hostile: (Json | undefined)[] = [
  undefined,
  null,
  true,
  false,
  0,
  -1,
  0.1,
  1e15,
  -1e15,
  1e308,
  9_007_199_254_740_992,
  '',
  ' ',
  '0',
  'NaN',
  'null',
  'paid',
  'GBP',
  'gbp',
  '£££',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\udfff\ud800',
  '\u202e\u200b\ufeff',
  '👩‍👩‍👧‍👦',
  'ß'.repeat(5_000),
  'x'.repeat(100_000),
  "'; DROP TABLE orders; --",
  '%00%ff',
  '<script>alert(1)</script>',
  'javascript:alert(1)',
  '2026-03-01',
  '2026-02-30T10:00:00Z',
  '2026-03-01T10:00:00',
  '2026-03-01T10:00:00+14:00',
  '2026-03-01T10:00:00.123456789Z',
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '+275760-09-13T00:00:00.001Z',
  '@',
  'mina@example',
  '+1',
  '0044',
  [],
  [[]],
  [null],
  ['a', 'a'],
  [{}],
  {},
  { id: {} },
  { $ref: '#' },
  JSON.parse('{"__proto__": {"x": 1}, "constructor": {"prototype": 1}}'),
  JSON.parse('{"toString": "x", "hasOwnProperty": "x"}'),
]

const nested: Json = Array.from({ length: 200 }).reduce<Json>((inner) => ({ inner }), 'deep')

const summary = z.strictObject({
  received: z.int(),
  changed: z.int(),
  unchanged: z.int(),
  rejected: z.int(),
  errors: z.array(
    z.strictObject({ line: z.int().min(1), path: z.string(), message: z.string().min(1) }),
  ),
})
type Summary = z.output<typeof summary>

/** Sends lines in one of the forms that a body may have. */
async function send(kind: string, key: string, lines: Json[], form: string): Promise<Response> {
  const ndjson = lines.map((line) => JSON.stringify(line)).join('\n')
  if (form === 'array') return call('PUT', `/v1/${kind}`, { key, body: lines })
  const type = { 'Content-Type': 'application/x-ndjson' }
  if (form === 'lines') return call('PUT', `/v1/${kind}`, { key, body: ndjson, headers: type })
  const body = new Blob([ndjson]).stream().pipeThrough(new CompressionStream('gzip'))
  const headers = { ...type, 'Content-Encoding': 'gzip' }
  return call('PUT', `/v1/${kind}`, { key, body, headers })
}

async function summaryOf(response: Response): Promise<Summary> {
  const text = await response.text()
  if (response.status !== 200) throw new Error(`answered ${response.status}: ${text.slice(0, 500)}`)
  return summary.parse(JSON.parse(text))
}

const withId = (record: Json, id: string) => put(record, ['id'], id)

/** Fields that are checked against each other: the error may stand at the other one. */
const together = [
  ['customer', 'requester'],
  ['level', 'scale', 'ratedAt', 'offeredAt'],
  ['status', 'paid'],
]

function related(field: Step): Step[] {
  return together.find((fields) => fields.some((one) => one === field)) ?? [field]
}

const seed = 20_261_124
const accounts = new Map<string, Promise<{ key: string }>>()

/** One account for each kind: what one field left behind may not trouble the next. */
function accountOf(kind: string): Promise<{ key: string }> {
  const made = accounts.get(kind) ?? newAccount({ name: kind })
  accounts.set(kind, made)
  return made
}

let serial = 0

describe.each(Object.keys(templates))('%s', (kind) => {
  const template = templates[kind] ?? {}
  const places = placesOf(template)

  test(`every hostile value in every field: named or stored, good lines kept (${places.length} places × ${hostile.length} values)`, async () => {
    const { key } = await accountOf(kind)
    for (const place of places) {
      serial += 1
      const good = ['first', 'last'].map((name) => withId(template, `${kind}-${serial}-${name}`))
      const bad = hostile.map((value, index) =>
        put(withId(template, `${kind}-${serial}-${index}`), place, value),
      )
      const [first = null, last = null] = good
      const form = ['array', 'lines', 'gzip'][serial % 3] ?? 'array'
      // oxlint-disable-next-line no-await-in-loop -- one account takes one body after the other
      const answer = await summaryOf(await send(kind, key, [first, ...bad, last], form))
      const { received, changed, unchanged, rejected, errors } = answer
      expect(received).toBe(bad.length + 2)
      expect(changed + unchanged + rejected).toBe(received)
      const lines = new Set(errors.map(({ line }) => line))
      expect(lines.size).toBe(rejected)
      expect(lines).not.toContain(1)
      expect(lines).not.toContain(received)
      const astray = errors.filter(
        ({ path }) => !related(place[0] ?? '').some((field) => path.startsWith(String(field))),
      )
      expect(astray).toEqual([])
      // oxlint-disable-next-line no-await-in-loop -- see above
      const again = await summaryOf(await send(kind, key, good, form))
      expect(again).toMatchObject({ received: 2, changed: 0, unchanged: 2, rejected: 0 })
    }
  })

  test('a value that can never be right is refused alone with its line and path (422)', async () => {
    const { key } = await accountOf(kind)
    const free = ['properties', 'traits', 'fields']
    for (const place of places) {
      const [field = '', below] = place
      const wrong: Json = free.includes(String(place.at(-1))) ? 7 : nested
      const record = put(withId(template, `${kind}-wrong`), place, wrong)
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      const answer = await send(kind, key, [record], 'array')
      // oxlint-disable-next-line no-await-in-loop -- see above
      const problem = await answer.json<{ errors: { line: number; path: string }[] }>()
      expect(answer.status).toBe(422)
      expect(answer.headers.get('Content-Type')).toBe('application/problem+json')
      const wanted = below === undefined ? String(field) : textOf(place)
      const named = problem.errors.filter(
        ({ path }) => path !== '' && (path.startsWith(wanted) || wanted.startsWith(path)),
      )
      expect(named.map(({ line }) => line)).toContain(1)
    }
  })

  test('a field that nobody knows is named', async () => {
    const { key } = await accountOf(kind)
    const record = { ...template, favouriteColour: 'red' }
    const answer = await send(kind, key, [record], 'lines')
    expect(answer.status).toBe(422)
    expect(await answer.json()).toMatchObject({
      errors: [{ line: 1, path: 'favouriteColour', message: 'unknown field' }],
    })
  })
})

const runs = 150
const jsonValue = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }).map((value): Json => JSON.parse(JSON.stringify(value))),
  fc.constantFrom(...hostile.map((value): Json => value ?? null)),
)

test(`several fields at once, in any form, any number of times (seed ${seed}, ${runs} bodies)`, async () => {
  const { key } = await newAccount()
  const body = fc.constantFrom(...Object.keys(templates)).chain((kind) =>
    fc.record({
      kind: fc.constant(kind),
      form: fc.constantFrom('array', 'lines', 'gzip'),
      changes: fc.array(
        fc.array(
          fc.record({
            place: fc.constantFrom(...placesOf(templates[kind] ?? {})),
            value: jsonValue,
          }),
          { minLength: 1, maxLength: 4 },
        ),
        { minLength: 1, maxLength: 6 },
      ),
    }),
  )
  await fc.assert(
    fc.asyncProperty(body, async ({ kind, form, changes }) => {
      serial += 1
      const good = withId(templates[kind] ?? {}, `${kind}-${serial}`)
      const bad = changes.map((values, index) =>
        // Shorter paths come last, so that no change looks for a place that another one took away.
        values
          .toSorted((a, b) => b.place.length - a.place.length)
          .reduce(
            (record, { place, value }) => put(record, place, value),
            withId(good, `${kind}-${serial}-${index}`),
          ),
      )
      const answer = await summaryOf(await send(kind, key, [...bad, good], form))
      const lines = new Set(answer.errors.map(({ line }) => line))
      expect(answer.received).toBe(bad.length + 1)
      expect(lines.size).toBe(answer.rejected)
      expect(lines).not.toContain(answer.received)
      expect(answer.errors.filter(({ path }) => path === '')).toEqual([])
    }),
    { seed, numRuns: runs },
  )
})

test(`whatever the body is, the answer is no fault of ours (seed ${seed}, ${runs} bodies)`, async () => {
  const { key } = await newAccount()
  const good = JSON.stringify(templates['orders'])
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.json({ maxDepth: 3 }),
    fc.nat(good.length).map((length) => `[${good.slice(0, length)}`),
    fc.nat(good.length).map((length) => `${good}\n${good.slice(length)}`),
    fc.constantFrom('', '[', '[]', '{}', 'null', '[[[[', `${'['.repeat(5_000)}`, '\ufeff[]'),
  )
  const request = fc.record({
    kind: fc.constantFrom(...Object.keys(templates)),
    text,
    type: fc.constantFrom('application/json', 'application/x-ndjson', 'text/csv', ''),
    encoding: fc.constantFrom('identity', 'gzip', 'br', undefined),
  })
  const seen = new Map<number, number>()
  await fc.assert(
    fc.asyncProperty(request, async ({ kind, text, type, encoding }) => {
      const answer = await call('PUT', `/v1/${kind}`, {
        key,
        body: text,
        headers: {
          'Content-Type': type,
          ...(encoding !== undefined && { 'Content-Encoding': encoding }),
        },
      })
      seen.set(answer.status, (seen.get(answer.status) ?? 0) + 1)
      expect([200, 400, 413, 415, 422]).toContain(answer.status)
      const told = await answer.json<{ detail?: string; received?: number }>()
      expect(told.detail ?? String(told.received)).not.toBe('')
    }),
    { seed, numRuns: runs },
  )
  expect([...seen.keys()].toSorted()).toEqual([200, 400, 415, 422])
})

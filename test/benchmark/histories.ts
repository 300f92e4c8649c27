/**
 * CPU time and memory of the engine over a synthetic shop: 1 M orders, 200 k persons, three years. Prints ten
 * segments' full history, the lines they need, and the instances of a property. `node test/benchmark/histories.ts [persons]`.
 */
import { type Facts, withDomain } from '../../worker/customers/facts.ts'
import { instancesOn } from '../../worker/instances/totals.ts'
import { historyOf } from '../../worker/segments/history.ts'
import { defaultSegments } from '../../worker/segments/defaults.ts'
import { lineCollector, lineStages } from '../../worker/segments/rank.ts'
import type { SegmentRule } from '../../worker/segments/rule.ts'
import { NO_OUTCOMES } from '../../worker/tickets/outcomes.ts'
import { NO_SURVEYS } from '../../worker/tickets/surveys.ts'
import type { Column } from '../../worker/timeline/column.ts'
import { OPEN } from '../../worker/timeline/intervals.ts'

const PERSONS = Number(process.argv[2] ?? 200_000)
const RANGE = 20_000
const FIRST = 19_000
const DAYS = 1096

const segments: SegmentRule[] = [
  ...defaultSegments,
  {
    key: 'big_spender',
    rule: { all: [{ fact: 'orders.sum', within: { months: 12 }, op: '>=', value: 20_000 }] },
  },
  {
    key: 'lapsed',
    rule: {
      all: [
        { fact: 'orders.daysSinceLast', op: '>=', value: 180 },
        { fact: 'orders.count', op: '>=', value: 2 },
      ],
    },
  },
  {
    key: 'web_only',
    rule: {
      all: [
        {
          fact: 'orders.count',
          where: [{ property: 'channel', op: '=', value: 'c0' }],
          op: '>=',
          value: 1,
        },
        {
          fact: 'orders.count',
          where: [{ property: 'channel', op: '!=', value: 'c0' }],
          op: '=',
          value: 0,
        },
      ],
    },
  },
  {
    key: 'top_of_year',
    rule: { all: [{ fact: 'orders.sum', within: { months: 12 }, rank: { top: 5, unit: '%' } }] },
  },
]

let state = 1
function random(): number {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
  return state / 2 ** 32
}

function coded(count: number, prefix: string, values: number): Column {
  return {
    words: Array.from({ length: values }, (_, k) => `${prefix}${k}`),
    codes: Int32Array.from({ length: count }, () => Math.floor(random() * values)),
    offsets: null,
  }
}

const NONE: Column = { words: [], codes: new Int32Array(0), offsets: null }

/** Orders per person fall off as in a real shop: many with one, few with hundreds. */
function ordersOf(person: number): number {
  return Math.floor(Math.min(7818, 1.5 * (PERSONS / (person + 1)) ** 0.7) * 0.98 + random() * 2)
}

function rangeOf(first: number, count: number): Facts {
  const offsets = new Int32Array(count + 1)
  const ticketOffsets = new Int32Array(count + 1)
  for (let i = 0; i < count; i += 1) {
    offsets[i + 1] = (offsets[i] ?? 0) + ordersOf(((first + i) * 7919) % PERSONS)
    ticketOffsets[i + 1] = (ticketOffsets[i] ?? 0) + Math.floor(random() * 6)
  }
  const orders = offsets[count] ?? 0
  const tickets = ticketOffsets[count] ?? 0
  const days = (owners: Int32Array, size: number) => {
    const day = Int32Array.from({ length: size }, () => FIRST + Math.floor(random() * DAYS))
    for (let i = 0; i < count; i += 1) day.subarray(owners[i] ?? 0, owners[i + 1] ?? 0).sort()
    return day
  }
  const day = days(offsets, orders)
  const empty = { offsets: new Int32Array(count + 1), day: new Int32Array(0), id: [] }
  return withDomain({
    persons: Int32Array.from({ length: count }, (_, i) => first + i),
    created: new Int32Array(count).fill(OPEN),
    orders: {
      offsets,
      day,
      at: Float64Array.from(day, (one) => one * 86_400_000),
      counted: Uint8Array.from({ length: orders }, () => (random() < 0.95 ? 1 : 0)),
      value: Float64Array.from({ length: orders }, () => Math.floor(random() * 20_000)),
      total: new Float64Array(orders),
      channel: coded(orders, 'c', 3),
      status: coded(orders, 's', 1),
      currency: coded(orders, 'e', 1),
      id: [],
      properties: [
        { name: 'line', column: coded(orders, 'l', 12) },
        { name: 'campaign', column: coded(orders, 'k', 60) },
      ],
      lines: {
        offsets: new Int32Array(orders + 1),
        sku: NONE,
        title: NONE,
        quantity: new Float64Array(0),
        total: new Float64Array(0),
        properties: [],
      },
      refunds: {
        offsets: new Int32Array(count + 1),
        order: new Int32Array(0),
        day: new Int32Array(0),
        amount: new Float64Array(0),
      },
    },
    tickets: {
      offsets: ticketOffsets,
      day: days(ticketOffsets, tickets),
      id: [],
      channel: coded(tickets, 'c', 3),
      type: NONE,
      status: coded(tickets, 's', 1),
      tag: NONE,
      fields: [],
      outcomes: NO_OUTCOMES,
    },
    messages: { ...empty, author: NONE, public: NONE },
    ratings: { ...empty, level: NONE, scale: NONE, reason: NONE, verdict: NONE },
    surveys: { ...NO_SURVEYS, offsets: empty.offsets },
    sentiment: {
      offsets: empty.offsets,
      day: empty.day,
      weight: new Float64Array(0),
      value: new Float64Array(0),
    },
    observations: {
      offsets: empty.offsets,
      day: empty.day,
      name: NONE,
      value: NONE,
      profile: new Int32Array(0),
    },
    profiles: {
      offsets: empty.offsets,
      key: [],
      channel: [],
      name: [],
      email: [],
      phone: [],
      updatedAt: new Float64Array(0),
    },
  })
}

const ranges: Facts[] = []
for (let first = 0; first < PERSONS; first += RANGE) {
  ranges.push(rangeOf(first, Math.min(RANGE, PERSONS - first)))
}
const orders = ranges.reduce((sum, { orders: { day } }) => sum + day.length, 0)
console.log(`${PERSONS} persons, ${orders} orders, ${ranges.length} ranges`)

const mb = (bytes: number) => (bytes / 1e6).toFixed(0)

/** Milliseconds of this process's CPU, other threads of the runtime included. */
function measure<Result>(name: string, work: () => Result): Result {
  const before = process.cpuUsage()
  const held = process.memoryUsage().arrayBuffers
  const result = work()
  const { user, system } = process.cpuUsage(before)
  const { arrayBuffers, heapUsed } = process.memoryUsage()
  console.log(
    `${name}: ${((user + system) / 1000).toFixed(0)} ms CPU, buffers +${mb(arrayBuffers - held)} MB, heap ${mb(heapUsed)} MB`,
  )
  return result
}

const lines = measure('lines of 2 rank segments', () => {
  const found = new Map()
  for (const keys of lineStages(segments)) {
    const collector = lineCollector(segments, keys, found)
    for (const facts of ranges) collector.add(facts)
    for (const [key, steps] of collector.finish()) found.set(key, steps)
  }
  return found
})
for (const withValue of [false, true]) {
  measure(`history of ${segments.length} segments${withValue ? ', with value' : ''}`, () => {
    const history = historyOf(
      segments,
      segments.map(({ key }) => key),
      FIRST,
      FIRST + DAYS - 1,
      { lines, withValue },
    )
    for (const facts of ranges) history.add(facts)
    return history.finish()
  })
}
for (const property of ['line', 'campaign']) {
  const { items, overlap } = measure(`instances by ${property}`, () => {
    const instances = instancesOn(property, FIRST + DAYS - 1)
    for (const facts of ranges) instances.add(facts)
    return instances.finish()
  })
  console.log(`  ${items.length} values, overlap ${overlap}`)
}

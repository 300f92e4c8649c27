import type { Facts } from '../customers/facts.ts'
import type { LineFacts, OrderFacts, RefundFacts } from '../orders/facts.ts'
import { orderValues } from '../segments/filter.ts'
import { takeRows } from '../timeline/column.ts'
import { OPEN } from '../timeline/intervals.ts'
import { indexIn } from '../timeline/rows.ts'

function takeNumbers<List extends Float64Array | Int32Array | Uint8Array>(
  from: List,
  keep: Int32Array,
  out: List,
): List {
  for (let k = 0; k < keep.length; k += 1) out[k] = from[keep[k] ?? 0] ?? 0
  return out
}

function takeLines(lines: LineFacts, keep: Int32Array): LineFacts {
  const offsets = new Int32Array(keep.length + 1)
  const rows: number[] = []
  for (let k = 0; k < keep.length; k += 1) {
    const end = lines.offsets[(keep[k] ?? 0) + 1] ?? 0
    for (let row = lines.offsets[keep[k] ?? 0] ?? 0; row < end; row += 1) rows.push(row)
    offsets[k + 1] = rows.length
  }
  const kept = Int32Array.from(rows)
  return {
    offsets,
    sku: takeRows(lines.sku, kept),
    title: takeRows(lines.title, kept),
    quantity: takeNumbers(lines.quantity, kept, new Float64Array(kept.length)),
    total: takeNumbers(lines.total, kept, new Float64Array(kept.length)),
    properties: lines.properties.map(({ name, column }) => ({
      name,
      column: takeRows(column, kept),
    })),
  }
}

/** The orders `keep`, in that order, owned as `offsets` says. */
function takeOrders(
  orders: OrderFacts,
  keep: Int32Array,
  offsets: Int32Array,
  refunds: RefundFacts,
): OrderFacts {
  const size = keep.length
  return {
    offsets,
    at: takeNumbers(orders.at, keep, new Float64Array(size)),
    day: takeNumbers(orders.day, keep, new Int32Array(size)),
    counted: takeNumbers(orders.counted, keep, new Uint8Array(size)),
    value: takeNumbers(orders.value, keep, new Float64Array(size)),
    total: takeNumbers(orders.total, keep, new Float64Array(size)),
    channel: takeRows(orders.channel, keep),
    status: takeRows(orders.status, keep),
    currency: takeRows(orders.currency, keep),
    id: orders.id.length === 0 ? [] : Array.from(keep, (row) => orders.id[row] ?? ''),
    properties: orders.properties.map(({ name, column }) => ({
      name,
      column: takeRows(column, keep),
    })),
    lines: takeLines(orders.lines, keep),
    refunds,
  }
}

/**
 * The instances of a property: one entry per person and value among the person's counted orders, with only the
 * orders that have the value (an order with several values is in several instances; without any, in "(none)",
 * value −1). Refunds follow their order; those that name none go to the person's "(none)" instance. The same
 * evaluator and accumulators run on the result.
 */
export function splitBy(facts: Facts, property: string): Facts {
  const { orders } = facts
  const { words, codes, offsets: valueOffsets } = orderValues(orders, property)
  const instances: { person: number; value: number; rows: number[] }[] = []
  for (let person = 0; person < facts.persons.length; person += 1) {
    const own = new Map<number, number[]>()
    const end = orders.offsets[person + 1] ?? 0
    for (let row = orders.offsets[person] ?? 0; row < end; row += 1) {
      if (orders.counted[row] === 0) continue
      const first = valueOffsets[row] ?? 0
      const last = valueOffsets[row + 1] ?? 0
      for (let at = first; at < Math.max(last, first + 1); at += 1) {
        const value = at < last ? (codes[at] ?? -1) : -1
        const rows = own.get(value)
        if (rows === undefined) own.set(value, [row])
        else rows.push(row)
      }
    }
    for (const [value, rows] of [...own].toSorted((a, b) => a[0] - b[0])) {
      instances.push({ person, value, rows })
    }
  }

  const count = instances.length
  const offsets = new Int32Array(count + 1)
  const refundOffsets = new Int32Array(count + 1)
  const keep: number[] = []
  const refundOrder: number[] = []
  const refundRows: number[] = []
  instances.forEach(({ person, value, rows }, i) => {
    const start = keep.length
    const end = orders.refunds.offsets[person + 1] ?? 0
    const own = Int32Array.from(rows)
    for (let r = orders.refunds.offsets[person] ?? 0; r < end; r += 1) {
      const order = orders.refunds.order[r] ?? -1
      const at = order < 0 ? -1 : indexIn(own, order)
      if (order < 0 ? value !== -1 : at < 0) continue
      refundOrder.push(at < 0 ? -1 : start + at)
      refundRows.push(r)
    }
    for (const row of rows) keep.push(row)
    offsets[i + 1] = keep.length
    refundOffsets[i + 1] = refundRows.length
  })
  const kept = Int32Array.from(keep)
  const keptRefunds = Int32Array.from(refundRows)
  const source = Int32Array.from(instances, ({ person }) => facts.source[person] ?? 0)
  return {
    ...facts,
    persons: Int32Array.from(instances, ({ person }) => facts.persons[person] ?? 0),
    from: Int32Array.from(instances, ({ rows }) => orders.day[rows[0] ?? 0] ?? OPEN),
    source,
    orders: takeOrders(orders, kept, offsets, {
      offsets: refundOffsets,
      order: Int32Array.from(refundOrder),
      day: takeNumbers(orders.refunds.day, keptRefunds, new Int32Array(keptRefunds.length)),
      amount: takeNumbers(orders.refunds.amount, keptRefunds, new Float64Array(keptRefunds.length)),
    }),
    split: { property, words, value: Int32Array.from(instances, ({ value }) => value) },
  }
}

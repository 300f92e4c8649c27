import { convert, type Minor } from '../money.ts'
import {
  type ColumnBuilder,
  type Column,
  columnBuilder,
  type NamedColumn,
} from '../timeline/column.ts'
import { indexIn, isObject, jsonObject, offsetsOf, place } from '../timeline/rows.ts'

/** A row of table `orders`; amounts in minor units of `currency`, `at` = placed at, epoch ms. */
export interface OrderRow {
  person: number
  at: number
  id: string
  channel: string
  status: string
  currency: string
  total: number
  paid: number
  /** JSON: refunds [{at, amount}], properties {name: value}, lines [{sku, title, quantity, total, properties}]. */
  detail: string
}

/** A row of table `refunds`. */
export interface RefundRow {
  person: number
  at: number
  id: string
  currency: string
  amount: number
  orderId: string | null
}

/** What turns rows into facts: the account's zone, its currency and rates, what it counts. */
export interface FactSettings {
  /** Day of an instant in the account's zone. */
  dayOf: (instant: number) => number
  baseCurrency: string
  /** Units of the base currency for one unit of another on a day; null when there is no rate. */
  rateOf: (currency: string, day: number) => number | null
  countUnpaid: boolean
}

/** Line items of orders: order k has the lines offsets[k] … offsets[k + 1] − 1. */
export interface LineFacts {
  readonly offsets: Int32Array
  readonly sku: Column
  readonly title: Column
  readonly quantity: Float64Array
  /** Minor units of the order's own currency. */
  readonly total: Float64Array
  readonly properties: readonly NamedColumn[]
}

/** Money given back: person i has the rows offsets[i] … offsets[i + 1] − 1, by day. */
export interface RefundFacts {
  readonly offsets: Int32Array
  /** The order it belongs to; −1: it names none, and counts for All and "(none)" only. */
  readonly order: Int32Array
  /** Never before the order's own day. */
  readonly day: Int32Array
  /** Base currency; rows without a rate are left out. */
  readonly amount: Float64Array
}

/** Orders of persons: person i has the rows offsets[i] … offsets[i + 1] − 1, by instant, then id. */
export interface OrderFacts {
  readonly offsets: Int32Array
  /** Epoch ms. */
  readonly at: Float64Array
  readonly day: Int32Array
  /** 1 = a counted order. */
  readonly counted: Uint8Array
  /** Net value before refunds (= paid), base currency, whole minor units; NaN = no rate for its day. */
  readonly value: Float64Array
  /** Order total, base currency; NaN = no rate for its day. */
  readonly total: Float64Array
  readonly channel: Column
  readonly status: Column
  readonly currency: Column
  /** May be empty when a question needs no ids. */
  readonly id: readonly string[]
  readonly properties: readonly NamedColumn[]
  readonly lines: LineFacts
  readonly refunds: RefundFacts
}

const COUNTED = new Set(['paid', 'partly_paid'])

function toBase(
  amount: Minor,
  currency: string,
  day: number,
  settings: Pick<FactSettings, 'baseCurrency' | 'rateOf'>,
): number {
  if (currency === settings.baseCurrency) return amount
  const rate = settings.rateOf(currency, day)
  return rate === null ? Number.NaN : convert(amount, currency, settings.baseCurrency, rate)
}

interface Refund {
  owner: number
  order: number
  day: number
  amount: number
}

/** Adds the values of a JSON object to one column per name; lists give several values. */
function propertyBuilders() {
  const builders = new Map<string, ColumnBuilder>()
  const addOne = (name: string, row: number, value: unknown) => {
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return
    let builder = builders.get(name)
    if (builder === undefined) {
      builder = columnBuilder()
      builders.set(name, builder)
    }
    builder.add(row, value)
  }
  return {
    add(row: number, values: unknown) {
      if (!isObject(values)) return
      for (const [name, value] of Object.entries(values)) {
        if (Array.isArray(value)) for (const one of value) addOne(name, row, one)
        else addOne(name, row, value)
      }
    },
    build(rows: number): NamedColumn[] {
      return [...builders].map(([name, builder]) => ({ name, column: builder.build(rows) }))
    },
  }
}

function instantOf(value: unknown): number {
  return typeof value === 'number'
    ? value
    : typeof value === 'string'
      ? Date.parse(value)
      : Number.NaN
}

const numberOr = (value: unknown, fallback: number) =>
  typeof value === 'number' ? value : fallback

/**
 * Order facts of persons. Amounts are converted at the rate of the order's day, cumulatively, so that a fully
 * refunded order comes to 0 exactly; a refund that names no order takes the rate of its own day. A refund row
 * that names an order which is not among the person's is left out until that order arrives.
 */
export function orderFactsOf(
  persons: Int32Array,
  orderRows: readonly OrderRow[],
  refundRows: readonly RefundRow[],
  settings: FactSettings,
): OrderFacts {
  const placed = place(
    orderRows,
    persons,
    (row) => row.at,
    (row) => row.id,
  )
  const count = placed.length
  const day = Int32Array.from(placed, ({ at }) => settings.dayOf(at))
  const value = new Float64Array(count)
  const total = new Float64Array(count)
  const counted = new Uint8Array(count)
  const channel = columnBuilder()
  const status = columnBuilder()
  const currency = columnBuilder()
  const properties = propertyBuilders()
  const lineProperties = propertyBuilders()
  const sku = columnBuilder()
  const title = columnBuilder()
  const lineOffsets = new Int32Array(count + 1)
  const quantities: number[] = []
  const lineTotals: number[] = []
  const given = new Map<number, { day: number; amount: Minor; currency: string }[]>()
  const give = (order: number, refund: { day: number; amount: Minor; currency: string }) => {
    const list = given.get(order)
    if (list === undefined) given.set(order, [refund])
    else list.push(refund)
  }
  const refundsPresent = refundRows.length > 0
  const rowOf = new Map<string, number>()

  placed.forEach(({ owner, id, row }, k) => {
    const orderDay = day[k] ?? 0
    value[k] = toBase(row.paid, row.currency, orderDay, settings)
    total[k] = toBase(row.total, row.currency, orderDay, settings)
    counted[k] =
      COUNTED.has(row.status) || (settings.countUnpaid && row.status === 'unpaid') ? 1 : 0
    channel.add(k, row.channel)
    status.add(k, row.status)
    currency.add(k, row.currency)
    if (refundsPresent) rowOf.set(`${owner} ${id}`, k)
    const detail = jsonObject(row.detail)
    properties.add(k, detail['properties'])
    if (Array.isArray(detail['refunds'])) {
      for (const refund of detail['refunds']) {
        if (!isObject(refund) || typeof refund['amount'] !== 'number') continue
        const at = instantOf(refund['at'])
        const refundDay = Number.isNaN(at) ? orderDay : Math.max(orderDay, settings.dayOf(at))
        give(k, { day: refundDay, amount: refund['amount'], currency: row.currency })
      }
    }
    if (Array.isArray(detail['lines'])) {
      for (const line of detail['lines']) {
        if (!isObject(line)) continue
        const at = quantities.length
        if (typeof line['sku'] === 'string') sku.add(at, line['sku'])
        if (typeof line['title'] === 'string') title.add(at, line['title'])
        quantities.push(numberOr(line['quantity'], 1))
        lineTotals.push(numberOr(line['total'], 0))
        lineProperties.add(at, line['properties'])
      }
    }
    lineOffsets[k + 1] = quantities.length
  })

  const refunds: Refund[] = []
  for (const row of refundRows) {
    const refundDay = settings.dayOf(row.at)
    const owner = indexIn(persons, row.person)
    if (owner < 0) continue
    if (row.orderId === null) {
      const amount = toBase(row.amount, row.currency, refundDay, settings)
      if (!Number.isNaN(amount)) refunds.push({ owner, order: -1, day: refundDay, amount })
      continue
    }
    const order = rowOf.get(`${owner} ${row.orderId}`)
    if (order === undefined) continue
    give(order, {
      day: Math.max(day[order] ?? 0, refundDay),
      amount: row.amount,
      currency: row.currency,
    })
  }
  for (const [order, list] of given) {
    const source = placed[order]
    if (source === undefined || Number.isNaN(value[order])) continue
    const orderDay = day[order] ?? 0
    let rest = source.row.paid
    let net = value[order] ?? 0
    for (const refund of list.toSorted((a, b) => a.day - b.day)) {
      let amount: number
      if (refund.currency === source.row.currency) {
        rest -= refund.amount
        const after = toBase(rest, refund.currency, orderDay, settings)
        amount = net - after
        net = after
      } else {
        amount = toBase(refund.amount, refund.currency, orderDay, settings)
        if (Number.isNaN(amount)) continue
      }
      refunds.push({ owner: source.owner, order, day: refund.day, amount })
    }
  }
  refunds.sort((a, b) => a.owner - b.owner || a.day - b.day || a.order - b.order)

  const lines = quantities.length
  return {
    offsets: offsetsOf(
      Int32Array.from(placed, ({ owner }) => owner),
      persons.length,
    ),
    at: Float64Array.from(placed, ({ at }) => at),
    day,
    counted,
    value,
    total,
    channel: channel.build(count),
    status: status.build(count),
    currency: currency.build(count),
    id: placed.map(({ id }) => id),
    properties: properties.build(count),
    lines: {
      offsets: lineOffsets,
      sku: sku.build(lines),
      title: title.build(lines),
      quantity: Float64Array.from(quantities),
      total: Float64Array.from(lineTotals),
      properties: lineProperties.build(lines),
    },
    refunds: {
      offsets: offsetsOf(
        Int32Array.from(refunds, ({ owner }) => owner),
        persons.length,
      ),
      order: Int32Array.from(refunds, ({ order }) => order),
      day: Int32Array.from(refunds, ({ day }) => day),
      amount: Float64Array.from(refunds, ({ amount }) => amount),
    },
  }
}

import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import type { FactSettings } from '../../worker/customers/facts.ts'
import { sumExactly } from '../../worker/money.ts'
import type { OrderRow, RefundRow } from '../../worker/orders/facts.ts'

/** Real shops, read from the data folder beside the project where there is one. Their times are taken as UTC. */

const folder = new URL('../../../shared/data/', import.meta.url)
const here = new URL('../../../../shared/data/', import.meta.url)

function fileOf(name: string): URL | null {
  for (const base of [folder, here]) {
    const file = new URL(name, base)
    if (existsSync(file)) return file
  }
  return null
}

const RETAIL = 'online_retail/online_retail_to_2011-09-30.csv.gz'
const SUPERSTORE = 'superstore/superstore.csv.gz'

export const hasRealShops = fileOf(RETAIL) !== null && fileOf(SUPERSTORE) !== null

function csv(name: string): Record<string, string>[] {
  const file = fileOf(name)
  if (file === null) throw new Error(`${name} is not there`)
  return parse(gunzipSync(readFileSync(file)), { columns: true })
}

export function utcSettings(baseCurrency: string): FactSettings {
  return {
    dayOf: (instant) => Math.floor(instant / 86_400_000),
    baseCurrency,
    rateOf: () => null,
    countUnpaid: false,
  }
}

function grouped(
  rows: readonly Record<string, string>[],
  key: string,
): Map<string, [Record<string, string>, ...Record<string, string>[]]> {
  const groups = new Map<string, [Record<string, string>, ...Record<string, string>[]]>()
  for (const row of rows) {
    const name = row[key] ?? ''
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [row])
    else group.push(row)
  }
  return groups
}

const text = (row: Record<string, string>, name: string) => row[name] ?? ''

function orderRow(
  person: number,
  id: string,
  at: number,
  currency: string,
  total: number | null,
  detail: object,
): OrderRow {
  if (total === null) throw new Error(`order ${id} has no sum`)
  return {
    person,
    id,
    at,
    channel: 'web',
    status: 'paid',
    currency,
    total,
    paid: total,
    detail: JSON.stringify(detail),
  }
}

/** online_retail: invoices with a customer; credit notes (C…) are refunds that name no order. */
export function onlineRetail(): { orders: OrderRow[]; refunds: RefundRow[] } {
  const rows = csv(RETAIL).filter((row) => text(row, 'CustomerID') !== '')
  const orders: OrderRow[] = []
  const refunds: RefundRow[] = []
  for (const [id, lines] of grouped(rows, 'InvoiceNo')) {
    const [first] = lines
    const person = Math.round(Number(text(first, 'CustomerID')))
    const at = Date.parse(`${text(first, 'InvoiceDate').replace(' ', 'T')}Z`)
    const total = sumExactly(
      lines.map((line) => [text(line, 'Quantity'), text(line, 'UnitPrice')]),
      'GBP',
    )
    if (/^\d+$/.test(id)) {
      const detail = { properties: { Country: text(first, 'Country') } }
      orders.push(orderRow(person, id, at, 'GBP', total, detail))
    } else if (id.startsWith('C') && total !== null) {
      refunds.push({ person, id, at, currency: 'GBP', amount: -total, orderId: null })
    }
  }
  return { orders, refunds }
}

/** superstore: customers numbered in the order of their ids. */
export function superstore(): { orders: OrderRow[]; customers: string[] } {
  const rows = csv(SUPERSTORE)
  const customers = [...new Set(rows.map((row) => text(row, 'Customer ID')))].toSorted()
  const numbers = new Map(customers.map((id, index) => [id, index + 1]))
  const orders: OrderRow[] = []
  for (const [id, lines] of grouped(rows, 'Order ID')) {
    const [first] = lines
    const total = sumExactly(
      lines.map((line) => [text(line, 'Sales')]),
      'USD',
    )
    orders.push(
      orderRow(
        numbers.get(text(first, 'Customer ID')) ?? 0,
        id,
        Date.parse(`${text(first, 'Order Date')}T00:00:00Z`),
        'USD',
        total,
        { properties: { Region: text(first, 'Region') } },
      ),
    )
  }
  return { orders, customers }
}

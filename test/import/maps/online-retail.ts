import type { ImportMap } from './map.ts'

const customer = {
  'customer.id': { column: 'CustomerID', integer: true, prefix: 'retail:' },
} as const

const shared = {
  group: ['InvoiceNo'],
  speaker: 'first',
  unknown: [],
  dates: 'iso',
  zone: 'UTC',
} as const

/**
 * UCI 352 (Chen, Sain, Guo 2012), CC BY 4.0: invoice lines of a gift shop. An order is an all-digit
 * invoice with a customer, worth the exact sum of its lines.
 */
export const onlineRetail: ImportMap = {
  ...shared,
  kind: 'orders',
  keep: [
    { column: 'InvoiceNo', is: /^\d+$/ },
    { column: 'CustomerID', is: /\d/ },
  ],
  fields: {
    id: { column: 'InvoiceNo', prefix: 'retail:' },
    channel: { literal: 'web' },
    ...customer,
    placedAt: { column: 'InvoiceDate' },
    status: { literal: 'paid' },
    currency: { literal: 'GBP' },
    total: { sumOf: ['Quantity', 'UnitPrice'] },
    'properties.Country': { column: 'Country' },
    'lines.sku': { column: 'StockCode' },
    'lines.title': { column: 'Description' },
    'lines.quantity': { column: 'Quantity' },
    'lines.total': { sumOf: ['Quantity', 'UnitPrice'] },
  },
}

/** The same file's credit notes (invoices that start with C): refunds that name no order. */
export const onlineRetailCredits: ImportMap = {
  ...shared,
  kind: 'refunds',
  keep: [
    { column: 'InvoiceNo', is: /^C/ },
    { column: 'CustomerID', is: /\d/ },
  ],
  fields: {
    id: { column: 'InvoiceNo', prefix: 'retail:' },
    ...customer,
    at: { column: 'InvoiceDate' },
    currency: { literal: 'GBP' },
    amount: { sumOf: ['Quantity', 'UnitPrice'], negate: true },
  },
}

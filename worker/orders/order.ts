import { z } from 'zod'
import { customerRef } from '../people/identity.ts'
import { currency, id, instant, minor, properties, text } from '../ingest/fields.ts'
import { orderStatuses } from './catalog.ts'

const shipTo = z.strictObject({
  name: text(500).optional(),
  city: text(200).optional(),
  region: text(200).optional(),
  country: text(200).optional(),
  postcode: text(40).optional(),
})

const line = z.strictObject({
  sku: text(200).optional(),
  title: text(500),
  quantity: z.number().min(-1e9).max(1e9),
  total: minor,
  properties: properties.optional(),
})

/** An order as api.md writes it. */
export const orderInput = z
  .strictObject({
    id,
    channel: text(100).min(1),
    customer: customerRef,
    placedAt: instant,
    status: z.enum(orderStatuses),
    currency,
    total: minor,
    paid: minor.optional(),
    paymentStatus: text(100).optional(),
    fulfilment: text(100).optional(),
    url: z
      .url({ protocol: /^https?$/ })
      .max(2_000)
      .optional(),
    shipTo: shipTo.optional(),
    refunds: z
      .array(z.strictObject({ at: instant, amount: minor.min(0) }))
      .max(200)
      .optional(),
    properties: properties.optional(),
    lines: z.array(line).max(1_000).optional(),
    updatedAt: instant.optional(),
  })
  .refine((order) => order.status !== 'partly_paid' || order.paid !== undefined, {
    path: ['paid'],
    message: 'required when the status is partly_paid',
  })
export type OrderInput = z.output<typeof orderInput>

/** A refund that names no order of ours, or names one by its id. */
export const refundInput = z.strictObject({
  id,
  channel: text(100).min(1).optional(),
  customer: customerRef,
  at: instant,
  currency,
  amount: minor.min(0),
  orderId: id.optional(),
  updatedAt: instant.optional(),
})

/** What was paid: the total when paid, nothing while unpaid, unless the order says otherwise. */
export function paidOf(order: Pick<OrderInput, 'status' | 'total' | 'paid'>): number {
  if (order.paid !== undefined) return order.paid
  return order.status === 'unpaid' ? 0 : order.total
}

/** The JSON column of an order: everything that is shown or filtered by, but keys nothing. */
export function detailOf(order: OrderInput): string {
  const { paymentStatus, fulfilment, url, refunds, lines, customer } = order
  const { name, email, phone } = customer
  return JSON.stringify({
    paymentStatus,
    fulfilment,
    url,
    shipTo: order.shipTo,
    refunds: refunds?.length ? refunds : undefined,
    properties: order.properties,
    lines: lines?.length ? lines : undefined,
    customer: (name ?? email ?? phone) === undefined ? undefined : { name, email, phone },
  })
}

/**
 * A part of the facts that is stored, and read, by itself. Names behind a colon are those of the shop:
 * `orders.property:Country`.
 */
export type Need =
  | 'orders'
  | 'orders.at'
  | 'orders.total'
  | 'orders.status'
  | 'orders.currency'
  | 'orders.id'
  | `orders.property:${string}`
  | 'lines'
  | 'lines.sku'
  | 'lines.title'
  | `lines.property:${string}`
  | 'tickets'
  | 'tickets.id'
  | `tickets.field:${string}`
  | 'messages'
  | 'messages.id'
  | 'ratings'
  | 'ratings.id'
  | 'sentiment'
  | 'observations'
  | 'profiles'

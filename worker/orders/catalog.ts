/** Payment states of an order; `cancelled` and `test` never count. */
export const orderStatuses = ['paid', 'partly_paid', 'unpaid', 'cancelled', 'test'] as const

/** The kinds of records that `PUT /v1/<kind>` takes. */
export const kinds = ['orders', 'refunds', 'customers', 'tickets', 'messages', 'ratings'] as const

export type Kind = (typeof kinds)[number]

/** What a key of a record holds, and so how a cell is read. Money is in minor units. */
export type FieldType = 'text' | 'money' | 'integer' | 'instant' | 'list' | 'boolean'

const person = (name: string): Record<string, FieldType> => ({
  [`${name}.id`]: 'text',
  [`${name}.email`]: 'text',
  [`${name}.phone`]: 'text',
  [`${name}.name`]: 'text',
  [`${name}.verified`]: 'boolean',
})

const fieldsOf: Record<Kind, Record<string, FieldType>> = {
  orders: {
    id: 'text',
    channel: 'text',
    ...person('customer'),
    placedAt: 'instant',
    status: 'text',
    currency: 'text',
    total: 'money',
    paid: 'money',
    paymentStatus: 'text',
    fulfilment: 'text',
    url: 'text',
    'shipTo.name': 'text',
    'shipTo.city': 'text',
    'shipTo.region': 'text',
    'shipTo.country': 'text',
    'shipTo.postcode': 'text',
    'lines.sku': 'text',
    'lines.title': 'text',
    'lines.quantity': 'integer',
    'lines.total': 'money',
    updatedAt: 'instant',
  },
  refunds: {
    id: 'text',
    ...person('customer'),
    at: 'instant',
    currency: 'text',
    amount: 'money',
    orderId: 'text',
    updatedAt: 'instant',
  },
  customers: {
    id: 'text',
    channel: 'text',
    email: 'text',
    phone: 'text',
    name: 'text',
    verified: 'boolean',
    createdAt: 'instant',
    tags: 'list',
    updatedAt: 'instant',
  },
  tickets: {
    id: 'text',
    channel: 'text',
    ...person('requester'),
    subject: 'text',
    type: 'text',
    status: 'text',
    createdAt: 'instant',
    solvedAt: 'instant',
    reopens: 'integer',
    'assignee.id': 'text',
    'assignee.name': 'text',
    group: 'text',
    tags: 'list',
    orderIds: 'list',
    mergedInto: 'text',
    updatedAt: 'instant',
  },
  messages: {
    id: 'text',
    ticketId: 'text',
    at: 'instant',
    author: 'text',
    public: 'boolean',
    text: 'text',
    updatedAt: 'instant',
  },
  ratings: {
    id: 'text',
    ticketId: 'text',
    offeredAt: 'instant',
    ratedAt: 'instant',
    level: 'integer',
    scale: 'integer',
    reasons: 'list',
    comment: 'text',
    'agent.id': 'text',
    'agent.name': 'text',
    group: 'text',
    updatedAt: 'instant',
  },
}

/** Keys of one's own choosing stand under these. */
const openPrefixes: Partial<Record<Kind, readonly string[]>> = {
  orders: ['properties.', 'lines.properties.'],
  customers: ['traits.'],
  tickets: ['fields.'],
}

/** Keys without which a record of the kind is refused; one of each group is enough. */
const requiredOf: Record<Kind, readonly (readonly string[])[]> = {
  orders: [
    ['id'],
    ['channel'],
    ['customer.id', 'customer.email', 'customer.phone'],
    ['placedAt'],
    ['status'],
    ['currency'],
    ['total'],
  ],
  refunds: [
    ['id'],
    ['customer.id', 'customer.email', 'customer.phone'],
    ['at'],
    ['currency'],
    ['amount'],
  ],
  customers: [['id']],
  tickets: [
    ['id'],
    ['channel'],
    ['requester.id', 'requester.email', 'requester.phone'],
    ['status'],
    ['createdAt'],
  ],
  messages: [['id'], ['ticketId'], ['at'], ['author'], ['public'], ['text']],
  ratings: [['id'], ['ticketId'], ['scale']],
}

/** The type of a key, or null when the kind has no such key. */
export function typeOf(kind: Kind, key: string): FieldType | null {
  const type = fieldsOf[kind][key]
  if (type !== undefined) return type
  const open = openPrefixes[kind]?.find(
    (prefix) => key.startsWith(prefix) && key.length > prefix.length,
  )
  return open === undefined ? null : 'text'
}

/** All keys of a kind, for messages to a person. */
export function keysOf(kind: Kind): string[] {
  return [
    ...Object.keys(fieldsOf[kind]),
    ...(openPrefixes[kind] ?? []).map((prefix) => `${prefix}<name>`),
  ]
}

/** The required keys that are not among the given ones, alternatives joined by "or". */
export function missingKeys(kind: Kind, keys: readonly string[]): string[] {
  return requiredOf[kind]
    .filter((group) => !group.some((key) => keys.includes(key)))
    .map((group) => group.join(' or '))
}

/** The practice world: what the help desk and the shops know. Instants are RFC 3339, money is minor units. */

export interface Agent {
  id: string
  name: string
  email: string
  role: 'admin' | 'agent'
  group: string
  locale: string
}

/** A help-desk user who writes; `externalId` is the shop's id when the desk knows it. */
export interface EndUser {
  id: string
  name: string
  email?: string
  phone?: string
  locale: string
  externalId?: string
}

export interface Comment {
  id: string
  at: string
  author: 'customer' | 'agent' | 'bot'
  public: boolean
  text: string
  /** `Agent.id` of the author, when an agent wrote it. */
  agent?: string
}

export interface Rating {
  id: string
  offeredAt: string
  ratedAt?: string
  level?: number
  scale: 2 | 3 | 5
  reasons: string[]
  comment?: string
  /** `Agent.id` of the assignee at the time of the rating. */
  agent?: string
  group?: string
}

export type TicketStatus = 'new' | 'open' | 'pending' | 'hold' | 'solved' | 'closed'

export interface DeskTicket {
  id: string
  /** `EndUser.id`. */
  requester: string
  subject: string
  channel: string
  type?: string
  status: TicketStatus
  createdAt: string
  solvedAt?: string
  reopens: number
  /** `Agent.id`. */
  assignee?: string
  group?: string
  tags: string[]
  fields: Record<string, string | number | boolean>
  orderIds: string[]
  comments: Comment[]
  rating?: Rating
}

/** One named person who shows one case; `ticket` is the ticket to open for it. */
export interface Persona {
  key: string
  name: string
  shows: string
  ticket: string
}

/** A version of the working hours, as `PATCH /v1/account` takes it. */
export interface Schedule {
  from: string
  timeZone: string
  /** Monday is 1, Sunday 7. */
  intervals: { day: number; start: string; end: string }[]
  holidays: { from: string; to: string }[]
}

/** How a record names a person; one of id, email and phone is there. */
export interface ApiCustomerRef {
  id?: string
  email?: string
  phone?: string
  name?: string
  verified?: true
}

export type PropertyValue = string | number | boolean | string[]

export interface ApiCustomer {
  id: string
  channel?: string
  email?: string
  phone?: string
  name?: string
  verified?: true
  createdAt?: string
  traits?: Record<string, string | number | boolean>
  tags?: string[]
  updatedAt?: string
}

export interface ApiOrderLine {
  sku?: string
  title: string
  quantity: number
  total: number
  properties?: Record<string, PropertyValue>
}

export interface ApiOrder {
  id: string
  channel: string
  customer: ApiCustomerRef
  placedAt: string
  status: 'paid' | 'partly_paid' | 'unpaid' | 'cancelled' | 'test'
  currency: string
  total: number
  paid?: number
  paymentStatus?: string
  fulfilment?: string
  url?: string
  shipTo?: { name?: string; city?: string; region?: string; country?: string; postcode?: string }
  refunds?: { at: string; amount: number }[]
  properties?: Record<string, PropertyValue>
  lines?: ApiOrderLine[]
  updatedAt?: string
}

interface ApiRefund {
  id: string
  customer: ApiCustomerRef
  at: string
  currency: string
  amount: number
  orderId?: string
  updatedAt?: string
}

export interface ApiRate {
  day: string
  from: string
  to: string
  rate: number
}

export interface ApiTicket {
  id: string
  channel: string
  requester: ApiCustomerRef
  subject?: string
  type?: string
  status: TicketStatus
  createdAt: string
  solvedAt?: string
  reopens?: number
  assignee?: { id: string; name: string }
  group?: string
  tags?: string[]
  fields?: Record<string, string | number | boolean>
  orderIds?: string[]
  mergedInto?: string
  updatedAt?: string
}

export interface ApiMessage {
  id: string
  ticketId: string
  at: string
  author: 'customer' | 'agent' | 'bot'
  public: boolean
  text: string
  updatedAt?: string
}

export interface ApiRating {
  id: string
  ticketId: string
  offeredAt?: string
  ratedAt?: string
  level?: number
  scale: 2 | 3 | 5
  reasons?: string[]
  comment?: string
  agent?: { id: string; name: string }
  group?: string
  updatedAt?: string
}

/** The world in the shapes of the ingest interface, ready for `PUT /v1/<noun>`. */
export interface Records {
  customers: ApiCustomer[]
  orders: ApiOrder[]
  refunds: ApiRefund[]
  tickets: ApiTicket[]
  messages: ApiMessage[]
  ratings: ApiRating[]
}

export interface World {
  /** `YYYY-MM-DD` in `timeZone`. */
  today: string
  timeZone: string
  currency: string
  schedule: Schedule
  agents: Agent[]
  groups: string[]
  users: EndUser[]
  tickets: DeskTicket[]
  customers: ApiCustomer[]
  orders: ApiOrder[]
  refunds: ApiRefund[]
  rates: ApiRate[]
  personas: Persona[]
}

import type { Db } from '../db.ts'
import { rowsOf } from '../rows.ts'
import type { Page } from '../zendesk/streams.ts'
import { observe } from './observe.ts'
import { writable } from './fields.ts'
import { keptOf } from './run.ts'
import { type ActionRow, selectActions } from './action-store.ts'
import { keptTicketFields } from './wanted.ts'
import { writtenProfiles } from './seen-store.ts'
import { findState } from './store.ts'

interface ProfileRow {
  key: string
  name: string | null
  email: string | null
  phone: string | null
  createdAt: number | null
  traits: string
  tags: string
  /** 1 when the address is proved. */
  verified: number | null
}

/** The parts of a customer record that a profile keeps. */
interface Customer {
  id: string
  name?: string
  email?: string
  phone?: string
  verified?: boolean
  createdAt: string
  traits: Readonly<Record<string, unknown>>
  tags: readonly string[]
}

/**
 * The records of a page but those of users that only we have changed: they say what is stored already, so that our
 * own write makes nobody's card again.
 */
export async function withoutOwnWrites(
  db: Db,
  account: number,
  { records, users = [] }: Pick<Page, 'records' | 'users'>,
): Promise<Page['records']> {
  if (users.length === 0) return records
  const ids = users.map(({ id }) => id)
  const rows = await db.all<ProfileRow>(writtenProfiles(account, ids))
  if (rows.length === 0) return records
  const known = new Map(rows.map((row) => [row.key, row]))
  return records.map(({ kind, items }) => ({
    kind,
    items: items.filter((item) => {
      const customer = item as Customer
      const row = kind === 'customers' ? known.get(`id:${customer.id}`) : undefined
      return row === undefined || !isStored(customer, row)
    }),
  }))
}

/** Whether a record says what its profile holds; what it leaves out is kept as it is. */
export function isStored(customer: Customer, row: ProfileRow): boolean {
  return (
    isSame(customer.name, row.name) &&
    isSame(customer.email, row.email) &&
    isSame(customer.phone, row.phone) &&
    (customer.verified !== true || customer.email === undefined || row.verified === 1) &&
    Date.parse(customer.createdAt) === row.createdAt &&
    sortedText(customer.traits) === sortedText(JSON.parse(row.traits)) &&
    JSON.stringify(customer.tags) === JSON.stringify(JSON.parse(row.tags))
  )
}

function isSame(told: string | undefined, kept: string | null): boolean {
  return told === undefined || told === kept
}

function sortedText(traits: Readonly<Record<string, unknown>>): string {
  const keys = Object.keys(traits).toSorted()
  return JSON.stringify(keys.map((key) => [key, traits[key]]))
}

/** Compares users and tickets of an export with what we wrote there. */
export async function compareShown(
  db: Db,
  account: number,
  { users = [], tickets = [] }: Pick<Page, 'users' | 'tickets'>,
  now: number,
): Promise<void> {
  if (users.length === 0 && tickets.length === 0) return
  const state = await findState(db, account)
  if (state === null || !state.settings.on) return
  const [actions] = await db.batch([selectActions(account)])
  await observe(db, account, 'user', users, keptOf(state, rowsOf<ActionRow>(actions)), now)
  const kept = writable(keptTicketFields(state.settings), state.fields.tickets)
  const shown = tickets.map(({ values, ...ticket }) => ({
    ...ticket,
    fields: Object.fromEntries(
      [...kept.keys()].map((name) => [name, values.get(state.fields.tickets[name]?.id ?? '')]),
    ),
  }))
  await observe(db, account, 'ticket', shown, kept, now)
}

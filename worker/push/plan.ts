import type { Account } from '../accounts/account.ts'
import { readCard, todaysLines } from '../cards/show.ts'
import { journalPersons } from '../cards/store.ts'
import type { Db } from '../db.ts'
import { rowsOf } from '../rows.ts'
import { readLineState, selectState } from '../segments/store.ts'
import { dayCounter } from '../time.ts'
import type { Cause } from './catalog.ts'
import { pace } from './catalog.ts'
import { changesOn, type On, personOn, usersOf } from './person.ts'
import {
  type CardRow,
  cardsBehind,
  cardsOf,
  entriesAfter,
  type MarkRow,
  marksOf,
  openTicketsOf,
  personsChanging,
  type Plan,
  savePlans,
} from './plan-store.ts'
import { type PushState, saveProgress } from './store.ts'
import type { FieldType, Value } from './values.ts'
import { wanted, wantedOfTicket } from './wanted.ts'

export interface Planner {
  db: Db
  account: Account
  now: number
  state: PushState
  /** Fields of users that are kept, with their types. */
  kept: ReadonlyMap<string, FieldType>
}

/** What cards are read by today. */
export async function dayOf({ db, account, now }: Pick<Planner, 'db' | 'account' | 'now'>) {
  const [state] = await db.batch([selectState(account.id)])
  const on: On = {
    today: dayCounter(account.timeZone)(now),
    lines: todaysLines({ ...readLineState(state?.rows[0]?.['lines'])?.lines }),
    badRatingDays: account.settings.badRatingDays,
  }
  return on
}

/** Notes what the users and open tickets of some persons should hold. */
export async function planPersons(
  planner: Planner,
  rows: readonly CardRow[],
  cause: Cause,
): Promise<void> {
  const { db, account, now, state } = planner
  const persons = rows.map(({ id }) => id)
  if (persons.length === 0) return
  const plans = await plansOf(planner, rows, await dayOf(planner))
  await db.batch(
    savePlans(account.id, plans, persons, { cause, now, all: state.verified !== null }),
  )
}

/** What the users and open tickets of some persons should hold. */
export async function plansOf(planner: Planner, rows: readonly CardRow[], on: On): Promise<Plan[]> {
  const { db, account, state, kept } = planner
  const { settings } = state
  const persons = rows.map(({ id }) => id)
  const withTickets = settings.ticketFields || settings.touchTickets
  const [marked, opened] = await db.batch([
    marksOf(account.id, persons),
    ...(withTickets ? [openTicketsOf(account.id, persons)] : []),
  ])
  const marks = Map.groupBy(rowsOf<MarkRow>(marked), ({ person }) => person)
  const tickets = Map.groupBy(
    rowsOf<{ person: number; id: string; changed: number | null }>(opened),
    ({ person }) => person,
  )
  return rows.flatMap(({ id, card: text }) => {
    const card = readCard(text)
    const users = card === null ? [] : usersOf(card)
    if (card === null || users.length === 0) return []
    const own: Record<string, Value> = {}
    for (const { name, value } of marks.get(id) ?? []) own[name] = JSON.parse(value)
    const person = personOn(card, own, on)
    const { values, because } = wanted(person, settings, account.currency, kept)
    const rest = { person: id, changesOn: changesOn(card, on, settings.fields) }
    return [
      ...users.map((target) => ({
        kind: 'user' as const,
        target,
        wanted: values,
        because,
        ...rest,
      })),
      ...(tickets.get(id) ?? []).map(({ id: target, changed }) => {
        const ticket = wantedOfTicket(person, settings, changed)
        return {
          kind: 'ticket' as const,
          target,
          wanted: ticket.values,
          ...rest,
          because: ticket.because,
        }
      }),
    ]
  })
}

/**
 * One step of planning: everybody where that is asked for, else whoever the journal names. Returns false when there
 * is nothing more to look at.
 */
export async function planStep(planner: Planner): Promise<boolean> {
  const { db, account, state } = planner
  if (state.everybody !== null) {
    const [page] = await db.batch([cardsBehind(account.id, state.everybody, pace.persons)])
    const rows = rowsOf<CardRow>(page)
    await planPersons(planner, rows, state.cause)
    state.everybody = rows.length < pace.persons ? null : (rows.at(-1)?.id ?? null)
    await db.batch([saveProgress(account.id, state, { everybody: state.everybody })])
    return true
  }
  const [next, first] = await db.batch(entriesAfter(account.id, state.cursor, pace.entries))
  const entries = rowsOf<{ seq: number; persons: string }>(next)
  if (entries.length === 0) return false
  // Entries that were pruned before they were looked at: everybody is.
  if (Number(first?.rows[0]?.['seq'] ?? 0) > state.cursor + 1 && entries[0] !== undefined) {
    Object.assign(state, { everybody: 0, cursor: entries[0].seq - 1 })
    await db.batch([saveProgress(account.id, state, { everybody: 0, cursor: state.cursor })])
    return true
  }
  const taken: { seq: number; persons: number[] }[] = []
  let count = 0
  for (const { seq, persons } of entries) {
    const list: number[] = JSON.parse(persons)
    if (taken.length > 0 && count + list.length > pace.persons * 4) break
    taken.push({ seq, persons: list.filter((person) => person > 0) })
    count += list.length
  }
  const all = [...new Set(taken.flatMap(({ persons }) => persons))]
  const [found] = await db.batch([cardsOf(account.id, all)])
  const cards = new Map(rowsOf<CardRow>(found).map((row) => [row.id, row]))
  // Cards that are behind the journal come first; the rest waits for them.
  const ends = taken.findIndex(({ seq, persons }) =>
    persons.some((person) => (cards.get(person)?.seq ?? -1) < seq),
  )
  const ready = ends < 0 ? taken : taken.slice(0, ends)
  const last = ready.at(-1)
  if (last === undefined) return false
  const rows = [...new Set(ready.flatMap(({ persons }) => persons))].flatMap(
    (person) => cards.get(person) ?? [],
  )
  await planPersons(planner, rows, 'facts')
  state.cursor = last.seq
  await db.batch([saveProgress(account.id, state, { cursor: last.seq })])
  return ends < 0
}

/** Once a day: journals everybody of whom something begins or ends by itself. True when it was time. */
export async function planDay({ db, account, now, state }: Planner): Promise<boolean> {
  const today = dayCounter(account.timeZone)(now)
  if (state.day >= today) return false
  const [found] = await db.batch([personsChanging(account.id, today)])
  const persons = rowsOf<{ person: number }>(found).map(({ person }) => person)
  await db.batch([
    ...journalPersons(account.id, persons, now),
    saveProgress(account.id, state, { day: today }),
  ])
  state.day = today
  return true
}

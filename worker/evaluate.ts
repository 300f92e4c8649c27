import type { Account } from './accounts/account.ts'
import type { CardIdentity, CardTicket } from './customers/card.ts'
import type { CardRow } from './cards/store.ts'
import {
  advance,
  journalEverybody,
  noteBasis,
  saveCards,
  selectExtras,
  stalePersons,
} from './cards/store.ts'
import { derivation, derive } from './customers/derive.ts'
import type { Rows } from './customers/facts.ts'
import { identitiesOf } from './people/identity.ts'
import type { KeptCard } from './cards/kept.ts'
import { lineReader } from './push/line.ts'
import { latestDays } from './push/plan-date.ts'
import { readWishes } from './push/settings.ts'
import type { Db } from './db.ts'
import { basisOf } from './lines.ts'
import { loadPersons } from './load.ts'
import {
  listSegments,
  readLines,
  readSegments,
  selectLines,
  selectSegments,
  selectState,
} from './segments/store.ts'
import { nameOf as segmentName } from './segments/definition.ts'
import { cardTickets } from './tickets/recent.ts'
import { cardCase, latestCases } from './cases/latest.ts'
import { keptMood } from './sentiment/mood.ts'
import { dayCounter } from './time.ts'

/**
 * Makes the cards of some persons that are behind the journal: reads their whole timelines and the journal's
 * highest entry in one transaction, derives, and writes what nobody newer has written. Returns how many.
 */
export async function evaluateStale(
  db: Db,
  account: Account,
  now: number,
  most = 1_000,
): Promise<number> {
  for (;;) {
    const persons = await stalePersons(db, account.id, most, now)
    if (persons.length > 0) {
      await evaluatePersons(db, account, now, persons)
      return persons.length
    }
    // The oldest open entries may all be done, by cards made for later ones: then the next ones are looked at.
    const [moved] = await db.batch([advance(account.id)])
    if (moved === undefined || moved.changes === 0) return 0
  }
}

/** Makes the cards of these persons now. */
export async function evaluatePersons(
  db: Db,
  account: Account,
  now: number,
  persons: readonly number[],
): Promise<void> {
  const { facts, rows, seq } = await loadPersons(db, account, persons)
  const identities = identitiesByPerson(rows)
  const keys = [...identities.values()].flat().map(({ key }) => key)
  const [segmentRows, lineRows, state, names, verified, candidates] = await db.batch([
    selectSegments(account.id),
    selectLines(account.id),
    selectState(account.id),
    ...selectExtras(account.id, persons, keys),
  ])
  const segments = readSegments(segmentRows?.rows ?? [])
  const dayOf = dayCounter(account.timeZone)
  const today = dayOf(now)
  const it = derivation(facts, segments, readLines(lineRows?.rows ?? []), today)
  const nameOf = new Map((names?.rows ?? []).map((row) => [row['id'], row['name']]))
  const proven = new Set((verified?.rows ?? []).map((row) => String(row['key'])))
  const tickets = Map.groupBy(rows.tickets, (ticket) => ticket.person)
  const messages = Map.groupBy(rows.messages, (message) => message.person)
  const cases = latestCases(facts, today)
  const events = countEvents(rows)
  const cards: CardRow[] = []
  const wishes = readWishes(state?.rows[0]?.['wishes'])
  const { lineProperty, planTrait } = wishes
  const lineOf = lineProperty === null ? null : lineReader(facts.orders, lineProperty)
  const planDates = planTrait === null ? null : latestDays(rows.observations, `trait:${planTrait}`)
  const named = new Map(segments.map((segment) => [segment.key, segmentName(segment)]))
  facts.persons.forEach((person, i) => {
    const name = nameOf.get(person)
    const derived = derive(it, i, typeof name === 'string' ? name : null)
    const card: KeptCard = {
      ...derived,
      at: now,
      names: Object.fromEntries(derived.segments.map(({ key }) => [key, named.get(key) ?? key])),
      identities: (identities.get(person) ?? []).map(({ key, kind, value }): CardIdentity => ({
        kind,
        value,
        verified: proven.has(key),
      })),
      candidates: (candidates?.rows ?? [])
        .filter((row) => row['person'] === person)
        .slice(0, 5)
        .map((row) => ({ id: Number(row['other']), key: String(row['key']) })),
      cases: cardCase(cases.get(person), tickets.get(person) ?? []),
      mood: keptMood(messages.get(person) ?? [], dayOf, today),
      ...((lineOf !== null || planDates !== null) && {
        pushed: { line: lineOf?.(i, today) ?? [], planDate: planDates?.get(person) ?? null },
      }),
      recent: cardTickets(tickets.get(person) ?? []) satisfies CardTicket[],
    }
    // Who was merged away or erased has no profile, and no card.
    const text = derived.profiles.length === 0 ? '{}' : JSON.stringify(card)
    cards.push({ person, seq, events: events.get(person) ?? 0, card: text })
  })
  const first = (state?.rows[0]?.['basis'] ?? '') === ''
  await db.batch([
    ...saveCards(account.id, cards),
    ...(first ? [noteBasis(account.id, basisOf(account, segments))] : []),
    advance(account.id),
  ])
}

function identitiesByPerson(rows: Rows) {
  const profiles = Map.groupBy(rows.profiles, (profile) => profile.person)
  return new Map([...profiles].map(([person, list]) => [person, identitiesOf(list)]))
}

function countEvents(rows: Rows): Map<number, number> {
  const counts = new Map<number, number>()
  for (const list of [rows.orders, rows.tickets, rows.messages, rows.ratings]) {
    for (const { person } of list) counts.set(person, (counts.get(person) ?? 0) + 1)
  }
  return counts
}

/** Journals everybody when settings or segments changed since their cards were last asked for. */
export async function followBasis(db: Db, account: Account, now: number): Promise<boolean> {
  const segments = await listSegments(db, account.id)
  const [state] = await db.batch([selectState(account.id)])
  const basis = basisOf(account, segments)
  const followed = state?.rows[0]?.['basis'] ?? ''
  if (followed === '' || followed === basis) return false
  await db.batch(journalEverybody(account.id, basis, now))
  return true
}

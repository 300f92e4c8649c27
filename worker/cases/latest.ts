import type { Facts } from '../customers/facts.ts'
import type { Day } from '../time.ts'
import { jsonObject } from '../timeline/rows.ts'
import { casesIn, listed, type ListedCase } from './collect.ts'
import { defaultMethod } from './method.ts'

/** A case as the card tells of it. */
export interface CardCase {
  /** RFC 3339. */
  openedAt: string
  /** The latest last, at most twenty. */
  tickets: string[]
  /** How many there are. */
  contacts: number
  resolved: boolean
  /** The order that the first of its tickets to name one is about. */
  order: string | null
  /** Who had the latest ticket that anybody had. */
  agent: string | null
}

const shown = 20

/** What is read of a ticket's row here. */
interface AssignedRow {
  id: string
  detail: string
  assigneeName?: string | null
}

/** The latest case of each person, by the default method (one customer, 72 hours). */
export function latestCases(facts: Facts, today: Day): Map<number, ListedCase> {
  const found = casesIn(facts, undefined, defaultMethod, { today, said: new Map() })
  const { owner } = found.cases
  const latest = new Map<number, ListedCase>()
  for (let n = 0; n < found.cases.size; n += 1) {
    // A person's cases follow each other by their openings.
    if (owner[n] !== owner[n + 1]) latest.set(found.person(n), listed(found, n))
  }
  return latest
}

/** A case with what its tickets' rows say. */
export function cardCase(found: ListedCase | undefined, rows: readonly AssignedRow[]): CardCase[] {
  if (found === undefined) return []
  const byId = new Map(rows.map((row) => [row.id, row]))
  const own = found.tickets.flatMap((id) => byId.get(id) ?? [])
  const orders = own.flatMap(({ detail }) => {
    const ids = jsonObject(detail)['orderIds']
    return Array.isArray(ids) ? ids.map(String) : []
  })
  return [
    {
      openedAt: new Date(found.openedAt).toISOString(),
      tickets: found.tickets.slice(-shown),
      contacts: found.tickets.length,
      resolved: found.resolved,
      order: orders[0] ?? null,
      agent: own.findLast(({ assigneeName }) => assigneeName != null)?.assigneeName ?? null,
    },
  ]
}

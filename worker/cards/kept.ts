import type { CardCase } from '../cases/latest.ts'
import type { KeptMood } from '../sentiment/mood.ts'
import type { CardIdentity, CardTicket } from '../customers/card.ts'
import type { LineStep } from '../push/line.ts'
import type { StoredCard } from '../customers/stored.ts'

/** What `persons.card` holds: the derived card, and what is shown beside it without reading more rows. */
export interface KeptCard extends StoredCard {
  /** Instant of the evaluation. */
  at: number
  /** Names of the segments in the card. */
  names: Record<string, string>
  identities: CardIdentity[]
  /** Others who may be the same person, and the key that says so. */
  candidates: { id: number; key: string }[]
  /** The latest inquiry case. */
  cases?: CardCase[]
  /** Null when nothing of the person's was scored. */
  mood?: KeptMood | null
  /** For the push alone: the preferred line from a day on, and the day of the plan. */
  pushed?: { line: LineStep[]; planDate: string | null }
  /** Open tickets first, then the latest. */
  recent: CardTicket[]
}

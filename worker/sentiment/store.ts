import type { Db } from '../db.ts'
import { nextSeq } from '../ingest/store.ts'
import { type Sql, sql } from '../sql.ts'
import {
  type Agreement,
  type Calibration,
  calibrationFrom,
  type Correction,
  NO_CALIBRATION,
} from './calibration.ts'
import type { MessageLabel } from './catalog.ts'

/** Corrections that a calibration is learned from at most. */
const most = 1_000

/** What the account's corrections add to every new score. */
export async function readCalibration(db: Db, account: number): Promise<Calibration> {
  const row = await db.first<{ calibration: string }>(
    sql`SELECT calibration FROM states WHERE account = ${account}`,
  )
  return { ...NO_CALIBRATION, ...JSON.parse(row?.calibration ?? '{}') }
}

/** Sets what an agent says of a person's message, or takes it back (null); the second returns the message's ticket. */
export function correctMessage(
  account: number,
  person: number,
  message: string,
  label: MessageLabel | null,
  now: number,
): Sql[] {
  const mine = sql`account = ${account} AND person = ${person} AND id = ${message}
    AND sentiment IS NOT NULL`
  return [
    sql`INSERT INTO journal (account, seq, at, persons)
      SELECT ${account}, ${nextSeq(account)}, ${now}, json_array(${person})
      WHERE EXISTS (SELECT 1 FROM messages WHERE ${mine})`,
    sql`UPDATE messages SET corrected = ${label} WHERE ${mine} RETURNING ticket`,
  ]
}

/** Replaces the judgement of a message of a ticket, unless it was scored anew meanwhile; its person is journaled. */
export function replaceSentiment(
  account: number,
  message: { id: string; ticket: string; before: string; after: string },
  now: number,
): Sql[] {
  const { id, ticket, before, after } = message
  const person = sql`(SELECT person FROM places
    WHERE account = ${account} AND kind = 'ticket' AND id = ${ticket})`
  const mine = sql`account = ${account} AND person = ${person} AND ticket = ${ticket}
    AND id = ${id} AND sentiment = ${before}`
  return [
    sql`INSERT INTO journal (account, seq, at, persons)
      SELECT ${account}, ${nextSeq(account)}, ${now}, json_array(person) FROM messages WHERE ${mine}`,
    sql`UPDATE messages SET sentiment = ${after} WHERE ${mine}`,
  ]
}

/** Learns the calibration anew from all corrections of the account. */
export async function recalibrate(db: Db, account: number): Promise<Calibration> {
  const rows = await db.all<{ sentiment: string; corrected: MessageLabel }>(
    sql`SELECT sentiment, corrected FROM messages INDEXED BY messages_corrected
      WHERE account = ${account} AND corrected IN ('negative', 'neutral', 'positive')
        AND sentiment IS NOT NULL LIMIT ${most}`,
  )
  const corrections = rows.map(({ sentiment, corrected }): Correction => ({
    score: JSON.parse(sentiment),
    label: corrected,
  }))
  const calibration = calibrationFrom(corrections)
  await db.batch([
    sql`INSERT INTO states (account, calibration) VALUES (${account}, ${JSON.stringify(calibration)})
      ON CONFLICT (account) DO UPDATE SET calibration = excluded.calibration`,
  ])
  return calibration
}

/** Rated tickets of some persons with the mean score of what they wrote there. */
export function scoredRatings(
  db: Db,
  account: number,
  [first, last]: readonly [number, number],
): Promise<{ level: number; scale: number; score: number }[]> {
  return db.all(sql`SELECT r.level, r.scale, avg(json_extract(m.sentiment, '$.score')) AS score
    FROM ratings r CROSS JOIN messages m ON m.account = r.account AND m.person = r.person
      AND m.ticket = r.ticket AND m.author = 'customer' AND m.sentiment IS NOT NULL
    WHERE r.account = ${account} AND r.person BETWEEN ${first} AND ${last} AND r.level IS NOT NULL
    GROUP BY r.person, r.ticket, r.id`)
}

export function saveAgreement(account: number, agreement: Agreement): Sql {
  return sql`INSERT INTO states (account, agreement) VALUES (${account}, ${JSON.stringify(agreement)})
    ON CONFLICT (account) DO UPDATE SET agreement = excluded.agreement`
}

import { z } from 'zod'
import { hashOf } from '../auth/key.ts'
import { lastSeq, personsSince } from '../cards/store.ts'
import type { Db } from '../db.ts'
import { dayText } from '../time.ts'
import type { ListQuestion, Listed } from './query.ts'

/**
 * What a file of customers was made from, in one word for its name: the day, the journal's last entry, the rules
 * that were read and the rows themselves. The same question on the same facts gives the same stamp.
 */
export interface Stamp {
  day: string
  seq: number
  rules: string
  rows: string
}

const shape = /^(\d{4}-\d{2}-\d{2})_(\d{1,15})_([0-9a-f]{8})_([0-9a-f]{16})$/

export function stampText({ day, seq, rules, rows }: Stamp): string {
  return [day, seq, rules, rows].join('_')
}

/** A stamp as text; refuses what is none. */
export const stampParam = z
  .string()
  .regex(shape, 'expected the stamp of an earlier file')
  .transform((text): Stamp => {
    const [day = '', seq = '', rules = '', rows = ''] = text.split('_')
    return { day, seq: Number(seq), rules, rows }
  })

/** How a file compares with an earlier one of the same question. */
export type StampCheck =
  | { state: 'same' }
  /** Persons whose facts were changed since; null when the journal does not reach back so far. */
  | { state: 'changed'; persons: number | null }
  /** Other segments or another question. */
  | { state: 'other' }

export async function stampOf(
  db: Db,
  account: number,
  question: ListQuestion,
  { table, day, segments }: Listed,
  rows: readonly number[],
): Promise<Stamp> {
  const last = await db.first<{ seq: number }>(lastSeq(account))
  const { columns: _, ...asked } = question
  const versions = segments.map(({ key, version, rule, basis }) => [key, version, rule, basis])
  const columns = [
    table.persons,
    table.values,
    table.orders,
    table.priced,
    table.value,
    table.first,
    table.last,
    ...table.fields.values(),
  ]
  const told = columns.map((column) => rows.map((row) => column[row]))
  return {
    day: dayText(day),
    seq: last?.seq ?? 0,
    rules: (await hashOf(JSON.stringify([asked, versions]))).slice(0, 8),
    rows: (await hashOf(JSON.stringify(told))).slice(0, 16),
  }
}

/** Compares a stamp with an earlier one. */
export async function checkStamp(
  db: Db,
  account: number,
  now: Stamp,
  earlier: Stamp,
): Promise<StampCheck> {
  if (now.rules !== earlier.rules || now.day !== earlier.day) return { state: 'other' }
  if (now.rows === earlier.rows) return { state: 'same' }
  const since = await db.first<{ persons: number; oldest: number | null }>(
    personsSince(account, earlier.seq),
  )
  const reaches = since !== null && since.oldest !== null && since.oldest <= earlier.seq + 1
  return { state: 'changed', persons: reaches ? since.persons : null }
}

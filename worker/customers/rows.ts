import type { KeptCard } from '../cards/kept.ts'
import { readCard, todaysLines } from '../cards/show.ts'
import { selectCards } from '../cards/store.ts'
import type { AppContext } from '../http.ts'
import { readLineState, selectState } from '../segments/store.ts'
import { type CardSentiment, showMood } from '../sentiment/mood.ts'
import { type Day, dayText } from '../time.ts'
import type { Word } from '../timeline/column.ts'
import { present } from './present.ts'
import type { Listed } from './query.ts'
import { type CustomerTable, dayIn } from './table.ts'

/** One row of the customer list. Money in minor units of `currency`. */
export interface CustomerRow {
  id: number
  name: string | null
  email: string | null
  phone: string | null
  /** The instance's value; only where the list is not by person. */
  value?: Word | null
  /** Score in [−1, 1] and label; null where nothing was scored. */
  sentiment: Pick<CardSentiment, 'score' | 'label' | 'trend'> | null
  segments: { key: string; name: string }[]
  channels: string[]
  totalOrderValue: number
  currency: string
  orders: number
  averageSpend: number | null
  latestPurchase: string | null
  customerSince: string | null
  /** The fields that were asked for, by name. */
  fields?: Record<string, Word | null>
  /** Value of the field by which the list is grouped. */
  group?: Word | null
}

interface Shown {
  view: string
  fields: readonly string[]
  groupBy: string | null
}

/** Tells rows of a table; what is not in the columns comes from the persons' cards, one row each. */
export async function showRows(
  c: AppContext,
  { table, day }: Listed,
  rows: readonly number[],
  shown: Shown,
): Promise<CustomerRow[]> {
  const account = c.get('account')
  const ids = [...new Set(rows.map((row) => table.persons[row] ?? 0))]
  const [cards, state] = await c
    .get('db')
    .batch([selectCards(account.id, ids), selectState(account.id)])
  const kept = new Map(
    (cards?.rows ?? []).map((row) => [Number(row['id']), readCard(String(row['card']))]),
  )
  const lines = todaysLines({ ...readLineState(state?.rows[0]?.['lines'])?.lines })
  return rows.map((row) => {
    const card = kept.get(table.persons[row] ?? 0) ?? null
    return {
      ...personOf(card, day, lines),
      ...totalsOf(table, row),
      currency: account.currency,
      ...(shown.view !== 'person' && { value: table.values[row] ?? null }),
      ...(shown.fields.length > 0 && { fields: fieldsOf(table, row, shown.fields) }),
      ...(shown.groupBy !== null && { group: table.fields.get(shown.groupBy)?.[row] ?? null }),
    }
  })
}

function personOf(kept: KeptCard | null, today: Day, lines: ReturnType<typeof todaysLines>) {
  const shown =
    kept === null ? null : present(kept, { today, lines, nameOf: (key) => kept.names[key] ?? key })
  const mood = showMood(kept?.mood, today, null)
  return {
    name: kept?.name ?? null,
    email: kept?.email ?? null,
    phone: kept?.phone ?? null,
    sentiment: mood === null ? null : { score: mood.score, label: mood.label, trend: mood.trend },
    segments: (shown?.segments ?? []).map(({ key, name }) => ({ key, name })),
    channels: (shown?.channels ?? []).map(({ channel }) => channel),
  }
}

function totalsOf(table: CustomerTable, row: number) {
  const priced = table.priced[row] ?? 0
  const value = table.value[row] ?? 0
  return {
    id: table.persons[row] ?? 0,
    totalOrderValue: value,
    orders: table.orders[row] ?? 0,
    averageSpend: priced === 0 ? null : Math.round(value / priced),
    latestPurchase: textOrNull(dayIn(table.last, row)),
    customerSince: textOrNull(dayIn(table.first, row)),
  }
}

function fieldsOf(table: CustomerTable, row: number, names: readonly string[]) {
  return Object.fromEntries(names.map((name) => [name, table.fields.get(name)?.[row] ?? null]))
}

function textOrNull(day: Day | null): string | null {
  return day === null ? null : dayText(day)
}

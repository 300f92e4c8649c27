import { csvLine } from '../csv.ts'
import type { AppContext } from '../http.ts'
import { minorDigits } from '../money.ts'
import type { Word } from '../timeline/column.ts'
import { columnNames, isField } from './fields.ts'
import { sortedRows } from './list.ts'
import type { ListQuestion, Listed } from './query.ts'
import { type CustomerRow, showRows } from './rows.ts'

/** Lines of which cards are read at once. */
const AT_ONCE = 500

type Cell = Word | null | undefined

function decimal(minor: number | null, currency: string): string | null {
  if (minor === null) return null
  const digits = minorDigits(currency)
  return (minor / 10 ** digits).toFixed(digits)
}

/** The columns of a file besides fields, by name. Money in units of the currency, which has a column beside it. */
const columns = {
  name: (row) => row.name,
  email: (row) => row.email,
  phone: (row) => row.phone,
  sentiment: (row) => row.sentiment?.label,
  segments: (row) => row.segments.map(({ name }) => name).join(', '),
  channels: (row) => row.channels.join(', '),
  totalOrderValue: (row) => decimal(row.totalOrderValue, row.currency),
  orders: (row) => row.orders,
  averageSpend: (row) => decimal(row.averageSpend, row.currency),
  latestPurchase: (row) => row.latestPurchase,
  customerSince: (row) => row.customerSince,
} satisfies Record<(typeof columnNames)[number], (row: CustomerRow) => Cell>

/** Reads a column of a row: one of the above, or a field. */
function readerOf(name: string): (row: CustomerRow) => Cell {
  const own = Object.entries(columns).find(([one]) => one === name)?.[1]
  return own ?? ((row) => row.fields?.[name])
}

/** All rows of a list in order, and the lines of its file, read piece by piece as it is sent. */
export function fileOf(c: AppContext, question: ListQuestion, listed: Listed) {
  const groupBy = question.groupBy ?? null
  const rows = sortedRows(listed.table, listed.chosen, { sort: question.sort, groupBy }).map(
    ({ row }) => row,
  )
  const chosen: readonly string[] = question.columns ?? columnNames
  const readers = chosen.map(readerOf)
  const byValue = question.view !== 'person'
  const lines = async function* () {
    yield csvLine([
      'customer',
      ...(byValue ? [question.view] : []),
      ...(groupBy === null || chosen.includes(groupBy) ? [] : [groupBy]),
      ...chosen,
      'currency',
    ])
    const shown = { view: question.view, fields: chosen.filter(isField), groupBy }
    for (let at = 0; at < rows.length; at += AT_ONCE) {
      const some = await showRows(c, listed, rows.slice(at, at + AT_ONCE), shown)
      yield some
        .map((row) =>
          csvLine([
            row.id,
            ...(byValue ? [row.value] : []),
            ...(groupBy === null || chosen.includes(groupBy) ? [] : [row.group]),
            ...readers.map((read) => read(row)),
            row.currency,
          ]),
        )
        .join('')
    }
  }
  return { rows, lines }
}

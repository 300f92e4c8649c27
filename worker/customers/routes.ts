import { Hono } from 'hono'
import { z } from 'zod'
import { needs } from '../auth/access.ts'
import { csvStream } from '../csv.ts'
import { AppError } from '../errors.ts'
import type { AppContext, AppEnv } from '../http.ts'
import { valid } from '../http.ts'
import { isField } from './fields.ts'
import { fileOf } from './file.ts'
import { groupsOf, pageOf, readPlace } from './list.ts'
import { findCustomers, listShape } from './query.ts'
import { showRows } from './rows.ts'
import { checkStamp, stampOf, stampParam, stampText } from './stamp.ts'

const listQuery = z.strictObject({
  ...listShape,
  after: z.string().max(12_000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

const fileQuery = z.strictObject({
  ...listShape,
  /** Stamp of an earlier file of this question: says whether this one is the same. */
  stamp: stampParam.optional(),
})

async function list(c: AppContext, query: z.output<typeof listQuery>) {
  const { after: from, limit, ...question } = query
  const after = from === undefined ? null : readPlace(from)
  if (from !== undefined && after === null) {
    throw new AppError('invalid', 'after: not a cursor of this list.')
  }
  const listed = await findCustomers(c, question)
  const { table, chosen } = listed
  const groupBy = question.groupBy ?? null
  const page = pageOf(table, chosen, { sort: question.sort, groupBy }, after, limit)
  const fields = (question.columns ?? []).filter(isField)
  const items = await showRows(c, listed, page.rows, { view: question.view, fields, groupBy })
  const groups = groupBy === null ? {} : { groups: groupsOf(table, chosen, groupBy) }
  return c.json({ items, next: page.next, total: page.total, ...groups }, 200)
}

async function file(c: AppContext, query: z.output<typeof fileQuery>) {
  const { stamp: earlier, ...asked } = query
  const question = { ...asked, on: asked.on ?? earlier?.day }
  const listed = await findCustomers(c, question)
  const { rows, lines } = fileOf(c, question, listed)
  const db = c.get('db')
  const account = c.get('account').id
  const stamp = await stampOf(db, account, { ...question, on: undefined }, listed, rows)
  const check =
    earlier === undefined
      ? {}
      : { 'X-Stamp-Check': JSON.stringify(await checkStamp(db, account, stamp, earlier)) }
  return csvStream(`customers_${stampText(stamp)}`, lines(), {
    'X-Stamp': stampText(stamp),
    'X-Rows': String(rows.length),
    ...check,
  })
}

export const customers = new Hono<AppEnv>()
  .get(
    '/v1/customers',
    needs('read', 'Customers, or their instances by an order property'),
    valid('query', listQuery),
    (c) => list(c, c.req.valid('query')),
  )
  .get(
    '/v1/customers.csv',
    needs('read', 'The same customers as a CSV file, with a stamp of what it was made from'),
    valid('query', fileQuery),
    (c) => file(c, c.req.valid('query')),
  )

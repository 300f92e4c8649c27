import { expect, test } from 'vitest'
import { join, sql } from '../worker/sql.ts'

test('splices fragments and keeps parameters in the order of the text', () => {
  const where = join([sql`a = ${1}`, sql`b = ${'x'}`], sql` AND `, sql`TRUE`)
  expect(sql`SELECT c FROM t WHERE ${where} LIMIT ${5}`).toEqual({
    text: 'SELECT c FROM t WHERE a = ? AND b = ? LIMIT ?',
    params: [1, 'x', 5],
  })
})

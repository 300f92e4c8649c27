import { expect, test } from 'vitest'
import { faultOf, faultsIn } from './log-lines.ts'

const line = {
  requestId: '95bb7f8d-9d0e-4d4e-8f2e-3a2b0b2f7e10',
  method: 'PUT',
  route: '/v1/orders/:id',
  status: 200,
  account: 3,
  ms: 12,
}

test('a line of figures, ids and our own words is good', () => {
  expect(faultOf(JSON.stringify(line))).toBeNull()
  expect(faultOf('{"level":"error","job":"readDesk","account":1,"error":"TypeError"}')).toBeNull()
})

test('a failure names its kind and its place in our code', () => {
  const detail = 'The page of "sidebar" is not built.'
  const at = '    at shell (/app/worker/auth/routes.ts:163:27) |     at async next (index.js:1:2)'
  expect(faultOf(JSON.stringify({ level: 'error', error: 'AppError', detail, at }))).toBeNull()
})

test.each([
  ['words', 'is not JSON'],
  [{ ...line, email: 'mina@example.com' }, 'email is no text that logs know'],
  [{ ...line, route: '/v1/customers/mina@example.com' }, 'route holds something else'],
  [{ ...line, level: 'error', detail: 'no mina@example.com here' }, 'detail holds something else'],
  [{ ...line, body: { text: 'x' } }, 'body is no plain value'],
])('%j is refused', (text, reason) => {
  expect(faultOf(typeof text === 'string' ? text : JSON.stringify(text))).toBe(reason)
})

test('a token or a name in a log is found wherever it stands', () => {
  const log = `${JSON.stringify({ ...line, route: '/v1/Wrona' })}\n`
  expect(faultsIn(log, ['Wrona'])).toEqual(['a secret or a person stands in it'])
  expect(faultsIn(log, ['Linley', 'abc'])).toEqual([])
})

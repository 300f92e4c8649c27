import { expect, test } from 'vitest'
import { z } from 'zod'
import { fieldErrors } from '../worker/http.ts'

const schema = z.strictObject({
  id: z.string('expected text'),
  lines: z.array(z.strictObject({ sku: z.string('expected text') })).optional(),
})

test.each([
  { because: 'nested', value: { id: 'a', lines: [{ sku: 1 }] }, path: 'lines[0].sku' },
  { because: 'missing', value: {}, path: 'id' },
  { because: 'unknown field', value: { id: 'a', colour: 'red' }, path: 'colour' },
  {
    because: 'unknown field of a part',
    value: { id: 'a', lines: [{ sku: 'b', x: 1 }] },
    path: 'lines[0].x',
  },
  { because: 'no object', value: 7, path: '' },
])('a wrong value is named by its path: $because', ({ value, path }) => {
  const { error } = schema.safeParse(value)
  expect(fieldErrors(error?.issues ?? []).map((one) => one.path)).toEqual([path])
})

test('unknown fields are named one by one', () => {
  const { error } = schema.safeParse({ id: 'a', x: 1, y: 2 })
  expect(fieldErrors(error?.issues ?? [])).toEqual([
    { path: 'x', message: 'unknown field' },
    { path: 'y', message: 'unknown field' },
  ])
})

test('at most a thousand errors are listed', () => {
  const { error } = z.array(z.string()).safeParse(Array.from({ length: 1_200 }, () => 0))
  expect(fieldErrors(error?.issues ?? [])).toHaveLength(1_000)
})

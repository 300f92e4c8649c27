import { expect, test } from 'vitest'
import { joined, partsOf } from '../../app/rules/values.ts'

test.each([
  ['Germany, France', ['Germany', 'France']],
  ['"Korea, Republic of", Germany', ['Korea, Republic of', 'Germany']],
  ['Germany, "Korea, Rep', ['Germany', 'Korea, Rep']],
  [' one ,, two , ', ['one', 'two']],
  ['', []],
])('%j holds %j', (text, values) => {
  expect(partsOf(text)).toEqual(values)
})

test('what is shown is read as it was', () => {
  const values = ['Korea, Republic of', 'Germany', '12" pan']
  expect(partsOf(joined(values))).toEqual(values)
})

import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { joined, partsOf } from '../../app/rules/values.ts'

test.each([
  ['Germany, France', ['Germany', 'France'], true],
  ['Germany, France,', ['Germany', 'France'], false],
  ['"Korea, Republic of", Germany', ['Korea, Republic of', 'Germany'], true],
  ['Germany, "Korea,', ['Germany', 'Korea,'], true],
  ['Germany, "Korea, Republic of"', ['Germany', 'Korea, Republic of'], false],
  [' one ,, two , ', ['one', 'two'], false],
  ['', [], false],
])('%j holds %j', (text, parts, isOpen) => {
  expect(partsOf(text)).toEqual({ parts, isOpen })
})

test('what is shown is read as it was', () => {
  const value = fc
    .string({
      unit: fc.constantFrom('a', 'é', '"', ',', ' ', '1', "'"),
      minLength: 1,
      maxLength: 8,
    })
    .filter((text) => text.trim() !== '')
  fc.assert(
    fc.property(fc.array(value, { maxLength: 4 }), (values) => {
      expect(partsOf(joined(values)).parts).toEqual(values)
    }),
    { seed: 3, numRuns: 3_000 },
  )
})

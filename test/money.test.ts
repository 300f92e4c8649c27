import { describe, expect, test } from 'vitest'
import { convert, minorDigits, roundHalfAway, sumExactly } from '../worker/money.ts'

describe('money', () => {
  test.each([
    [0.5, 1],
    [-0.5, -1],
    [1.4, 1],
    [-1.4, -1],
    [2.5, 3],
    [-2.5, -3],
  ])('rounds %d half away from zero to %i', (amount, rounded) => {
    expect(roundHalfAway(amount)).toBe(rounded)
  })

  test.each([
    ['EUR', 2],
    ['JPY', 0],
    ['KWD', 3],
  ])('%s has %i minor digits', (currency, digits) => {
    expect(minorDigits(currency)).toBe(digits)
  })

  test.each([
    [1000, 'USD', 'EUR', 0.9, 900, 'same digits'],
    [500, 'JPY', 'EUR', 0.006, 300, '500 yen are 3 euros'],
    [100, 'EUR', 'JPY', 165.5, 166, '1 euro is 165.5 yen, rounded'],
    [1250, 'KWD', 'EUR', 3, 375, '1.250 dinar are 3.75 euros'],
    [1000, 'EUR', 'EUR', 7, 1000, 'a rate to itself is not asked'],
  ])('%i %s to %s at %d is %i: %s', (amount, from, to, rate, result) => {
    expect(convert(amount, from, to, rate)).toBe(result)
  })

  test.each<[string[][], string, number | null, string]>([
    [
      [
        ['6', '2.55'],
        ['1', '0.005'],
      ],
      'GBP',
      1531,
      '15.305 rounds up once',
    ],
    [[['0.1'], ['0.2']], 'USD', 30, 'no float error'],
    [[['-1', '0.005']], 'GBP', -1, 'away from zero'],
    [[['3', '0.004']], 'GBP', 1, '0.012, not three times 0.00'],
    [[['1e2']], 'JPY', 100, 'an exponent'],
    [[], 'EUR', 0, 'nothing'],
    [[['12', 'x']], 'EUR', null, 'no number'],
  ])('the exact sum of %j in %s is %s: %s', (products, currency, sum) => {
    expect(sumExactly(products, currency)).toBe(sum)
  })
})

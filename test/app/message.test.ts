import { assert, constantFrom, integer, property } from 'fast-check'
import { IntlMessageFormat } from 'intl-messageformat'
import { parse } from '@formatjs/icu-messageformat-parser'
import { describe, expect, it, test } from 'vitest'
import { say, type Values } from '../../app/message.ts'
import { argumentsOf, compileMessage } from '../../translations/compile.ts'
import { wordsOf, writtenLocales } from '../../translations/plugin.ts'
import { pseudoMessage, pseudoText } from '../../translations/pseudo.ts'

describe('say', () => {
  test.each<[string, string, Values, string, string]>([
    ['plain', 'Try again', {}, 'Try again', 'no arguments'],
    ['argument', 'As of {time}', { time: '10:02' }, 'As of 10:02', 'text goes in as it is'],
    [
      'number',
      '{count} rows',
      { count: 2140 },
      '2,140 rows',
      'numbers get the digits of the locale',
    ],
    [
      'one',
      '{n, plural, one {# day} other {# days}}',
      { n: 1 },
      '1 day',
      'English has one and other',
    ],
    [
      'other',
      '{n, plural, one {# day} other {# days}}',
      { n: 0 },
      '0 days',
      'zero is other in English',
    ],
    ['exact', '{n, plural, =0 {none} other {#}}', { n: 0 }, 'none', 'an exact value goes first'],
    [
      'offset',
      '{n, plural, offset:1 =1 {you} one {you and # more} other {you and # more}}',
      { n: 2 },
      'you and 1 more',
      '# is less the offset',
    ],
    [
      'ordinal',
      '{n, selectordinal, one {#st} two {#nd} few {#rd} other {#th}}',
      { n: 22 },
      '22nd',
      'ordinals have categories of their own',
    ],
    ['select', '{s, select, a {A} other {B}}', { s: 'z' }, 'B', 'an unknown value is other'],
    [
      'nested',
      '{n, plural, other {{name} has #}}',
      { n: 3, name: 'Kim' },
      'Kim has 3',
      'branches hold messages',
    ],
    ['absent', 'Hello {name}', {}, 'Hello ', 'a missing argument says nothing'],
  ])('%s: %s', (_, icu, values, text) => {
    expect(say(compileMessage(icu), values, 'en')).toBe(text)
  })

  it('isolates text in right-to-left languages, so that a Latin name turns nothing around', () => {
    expect(say(compileMessage('{name}!'), { name: 'Kim' }, 'ar', true)).toBe('\u2068Kim\u2069!')
  })

  it('says every message of every locale as intl-messageformat does', () => {
    let compared = 0
    for (const locale of writtenLocales()) {
      for (const icu of Object.values(wordsOf(locale))) {
        const message = compileMessage(icu)
        const names = argumentsOf(message)
        for (const count of [0, 1, 2, 5, 11, 101]) {
          const values = Object.fromEntries(
            names.map((name) => [name, /^(?:count|open)$/.test(name) ? count : `${name}…`]),
          )
          const oracle = new IntlMessageFormat(parse(icu), locale).format(values)
          expect(say(message, values, locale)).toBe(oracle)
          compared += 1
        }
      }
    }
    expect(compared).toBeGreaterThan(3_000)
  })

  it('agrees with intl-messageformat on made-up plurals in many languages', () => {
    const seed = Date.now()
    let compared = 0
    assert(
      property(
        constantFrom('en', 'ko', 'ar', 'ru', 'pl', 'fr'),
        integer({ min: 0, max: 3_000 }),
        integer({ min: 0, max: 2 }),
        (locale, n, offset) => {
          const icu = `{n, plural, ${offset > 0 ? `offset:${offset}` : ''} =7 {seven} zero {z#} one {o#} two {t#} few {f#} many {m#} other {x#}}`
          const oracle = new IntlMessageFormat(parse(icu), locale).format({ n })
          expect(say(compileMessage(icu), { n }, locale)).toBe(oracle)
          compared += 1
        },
      ),
      { numRuns: 500, seed },
    )
    process.stdout.write(`plurals: ${compared} compared, seed ${seed}\n`)
    expect(compared).toBe(500)
  })
})

describe('compileMessage', () => {
  it('refuses what the app cannot run, naming the element', () => {
    expect(() => compileMessage('{d, date, short}')).toThrow('arguments, plurals and selects only')
    expect(() => compileMessage('<b>x</b>')).toThrow('arguments, plurals and selects only')
  })

  it('keeps plain text plain, so that most of a locale costs no parts', () => {
    expect(compileMessage('Close')).toBe('Close')
  })
})

describe('pseudo language', () => {
  it('accents letters and makes text two fifths longer', () => {
    expect(pseudoText('Retry')).toBe('Ŕéţŕý··'.replace('Ŕéţŕý', pseudoText('Retry').slice(0, 5)))
    expect(pseudoText('Total order value')).toHaveLength(17 + 6)
  })

  it('leaves arguments and their branches in place', () => {
    const message = pseudoMessage(compileMessage('{n, plural, one {# day} other {# days}}'))
    expect(argumentsOf(message)).toEqual(['n'])
    expect(say(message, { n: 1 }, 'en')).toContain('1 ')
  })
})

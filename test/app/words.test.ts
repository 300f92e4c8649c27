import { describe, expect, it, test } from 'vitest'
import { chooseLocale, directionOf, formatLocale } from '../../app/locale.ts'
import { dayNumber, decimalOf, makeWords } from '../../app/words.ts'

const words = (locale: string, zone = 'Asia/Seoul') => makeWords(locale, {}, zone)
/** Intl puts narrow and no-break spaces where the eye sees a space. */
const plain = (text: string) => text.replace(/[\u00a0\u202f\u200f\u200e]/g, ' ').trim()

describe('money', () => {
  test.each([
    ['en', 1050, 'EUR', '€10.50', 'two places'],
    ['en', 1050, 'JPY', '¥1,050', 'the yen has no smaller unit'],
    ['ko', 4862000, 'KRW', '₩4,862,000', 'neither has the won'],
    ['en', 1050, 'KWD', 'KWD 1.050', 'the dinar has a thousand fils'],
    ['de', -1999, 'EUR', '-19,99 €', 'sign and places of the locale'],
    ['en', 5, 'USD', '$0.05', 'less than one unit'],
    ['en', 9007199254740991, 'USD', '$90,071,992,547,409.91', 'no float in between'],
    ['en', 1050, 'points', '10.50', 'no ISO code: a plain number'],
  ])('%s: %d %s is %s', (locale, minor, currency, text) => {
    expect(plain(words(locale).money(minor, currency))).toBe(text)
  })

  it('makes exact decimals of minor units', () => {
    expect(decimalOf(-7, 3)).toBe('-0.007')
    expect(decimalOf(1200, 0)).toBe('1200')
  })
})

describe('days and instants', () => {
  it('writes a calendar day without shifting it into another zone', () => {
    expect(words('en', 'America/Los_Angeles').day('2026-03-01')).toBe('Mar 1, 2026')
    expect(words('ko', 'Pacific/Kiritimati').day('2026-03-01')).toBe('2026. 3. 1.')
  })

  it("shows instants in the account's zone", () => {
    expect(plain(words('en', 'Asia/Seoul').time('2026-11-26T01:02:00Z'))).toBe('10:02 AM')
    expect(words('en', 'America/New_York').date('2026-11-26T01:02:00Z')).toBe('Nov 25, 2026')
  })

  test.each([
    ['2026-11-26', 'today'],
    ['2026-11-25', 'yesterday'],
    ['2026-11-13', '13 days ago'],
    ['2026-11-12', '2 weeks ago'],
    ['2026-08-26', '3 months ago'],
    ['2024-03-04', '3 years ago'],
    ['2026-12-04', 'in 8 days'],
  ])('%s is %s on 26 November 2026', (day, text) => {
    expect(words('en').fromDay(day, '2026-11-26')).toBe(text)
  })

  test.each([
    [30_000, 'now', 'under a minute'],
    [5 * 60_000, '5 minutes ago', 'minutes'],
    [3 * 3_600_000, '3 hours ago', 'hours'],
    [49 * 3_600_000, '2 days ago', 'days'],
  ])('%d ms before now is %s', (ms, text) => {
    const now = Date.parse('2026-11-26T10:00:00Z')
    expect(words('en').ago(new Date(now - ms).toISOString(), now)).toBe(text)
  })

  it('numbers days from 1970', () => {
    expect(dayNumber('1970-01-02')).toBe(1)
    expect(dayNumber('2024-03-01') - dayNumber('2024-02-28')).toBe(2)
  })
})

describe('locales', () => {
  const offered = ['en', 'ja', 'ko', 'zh-cn', 'en-xa', 'ar-xb']
  test.each<[string | null, string, string]>([
    ['ko', 'ko', 'the same'],
    ['ko-KR', 'ko', 'its language'],
    ['zh-CN', 'zh-cn', 'case does not matter'],
    ['zh_CN', 'zh-cn', 'nor does the dash'],
    ['zh-Hans-CN', 'zh-cn', 'another variant of the language'],
    ['en-US', 'en', 'English before a pseudo variant'],
    ['en-XA', 'en-xa', 'the pseudo locale by its name'],
    ['fr', 'en', 'no French yet'],
    ['', 'en', 'nothing wanted'],
    [null, 'en', 'nothing known'],
    ['not a locale!', 'en', 'nonsense'],
  ])('%s leads to %s', (wanted, chosen) => {
    expect(chooseLocale(wanted, offered)).toBe(chosen)
  })

  test.each<[string | null, string, string, string]>([
    ['en-GB', 'en', 'en-GB', 'the region keeps its dates'],
    ['fr', 'en', 'en', 'English words with English dates'],
    ['zh_TW', 'zh-cn', 'zh-TW', 'same language'],
    ['en-x-!', 'en', 'en', 'no language tag'],
    [null, 'ko', 'ko', 'none wanted'],
  ])('%s with words in %s formats as %s', (wanted, chosen, locale) => {
    expect(formatLocale(wanted, chosen)).toBe(locale)
  })

  it('knows which languages run from right to left', () => {
    expect(['ar', 'ar-XB', 'he-IL', 'fa', 'en', 'arn'].map(directionOf)).toEqual([
      'rtl',
      'rtl',
      'rtl',
      'rtl',
      'ltr',
      'ltr',
    ])
  })
})

import { readFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'

const css = readFileSync(new URL('../../app/ui/tokens.css', import.meta.url), 'utf8')

/** The colours of a block of the tokens, by name. */
function colours(selector: string): Record<string, string> {
  const start = css.indexOf(`${selector} {`)
  const block = css.slice(start, css.indexOf('\n}', start))
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  )
}

/** WCAG 2 relative luminance of `#rrggbb`. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x)
  return (high + 0.05) / (low + 0.05)
}

const light = colours(':root')
const dark = { ...light, ...colours(":root[data-scheme='dark']") }
const surfaces = ['bg', 'bg-subtle', 'bg-hover', 'selected']
const tones = ['blue', 'green', 'amber', 'red', 'grey', 'teal', 'violet']

/** Text on ground, with the least contrast WCAG AA asks for. */
const pairs: [text: string, ground: string, least: number][] = [
  ...['fg', 'fg-strong', 'fg-subtle', 'link'].flatMap((text) =>
    surfaces.map((ground): [string, string, number] => [text, ground, 4.5]),
  ),
  ...['warning', 'success', 'danger'].map((text): [string, string, number] => [text, 'bg', 4.5]),
  ...tones.map((tone): [string, string, number] => [`${tone}-fg`, `${tone}-bg`, 4.5]),
  ['fg', 'grey-bg', 4.5],
  ...[1, 2, 3, 4, 5].map((level): [string, string, number] => [
    `on-level-${level}`,
    `level-${level}`,
    4.5,
  ]),
  ['fg-subtle', 'grey-bg', 4.5],
  ['status-new-fg', 'status-new', 4.5],
  ...['open', 'pending', 'hold', 'solved'].map((status): [string, string, number] => [
    'status-fg',
    `status-${status}`,
    4.5,
  ]),
  ['on-fill', 'fill', 4],
  ['border-strong', 'bg', 3],
  ['focus', 'bg', 3],
  ['focus', 'bg-subtle', 3],
]

describe.each([
  ['light', light],
  ['dark', dark],
])('%s colours', (_, scheme) => {
  test.each(pairs)('%s on %s reaches %d', (text, ground, least) => {
    expect(contrast(scheme[text] ?? '', scheme[ground] ?? '')).toBeGreaterThanOrEqual(least)
  })
})

it('measures contrast as WCAG does', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5)
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
})

it('names colours in the tokens only', () => {
  const others = ['base', 'segmented'].map((name) => `../../app/ui/${name}.css`)
  for (const file of [
    ...others,
    '../../app/card/card.css',
    '../../app/customers/customers.css',
    '../../app/pages/shell.css',
  ]) {
    expect(readFileSync(new URL(file, import.meta.url), 'utf8')).not.toMatch(/#[0-9a-f]{3,8}\b/i)
  }
})

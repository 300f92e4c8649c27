import { describe, expect, test } from 'vitest'
import { withTemplate } from '../../app/journeys/begin.ts'
import { beginWith, goOnFrom, isDirty } from '../../app/journeys/drafts.ts'
import { fileOf } from '../../app/journeys/file.ts'
import { grid } from '../../app/journeys/layout.ts'
import { together } from '../../app/journeys/merge.ts'
import { isGone, nameOf } from '../../app/journeys/names.ts'
import { notesOf, sentenceOf } from '../../app/journeys/sentence.ts'
import type { Board, Drawing, Figures, Movement } from '../../app/journeys/shapes.ts'
import { makeWords } from '../../app/words.ts'
import { messagesOf } from '../../translations/plugin.ts'

const words = makeWords('en', messagesOf('en'), 'UTC')
const node = (key: string, x = 0) => ({ key, x, y: 0 })
const drawn = (nodes: string, ...arrows: string[]): Drawing => ({
  nodes: nodes.split(' ').map((key) => node(key)),
  arrows: arrows.map((text) => {
    const [source = '', target = ''] = text.split(' ')
    return { source, target }
  }),
})

describe('two drawings that began as the same one', () => {
  const base = drawn('a b c', 'a b', 'b c')

  test('have what either added, and not what either took away', () => {
    const mine = drawn('a b c d', 'a b', 'c d')
    const theirs = drawn('a b c e', 'b c', 'a e')
    expect(together(base, mine, theirs)).toEqual(drawn('a b c e d', 'a e', 'c d'))
  })

  test('lose the arrows at a node that one of them took away', () => {
    const mine = drawn('a b c', 'a b', 'b c', 'a c')
    const theirs = drawn('a b', 'a b')
    expect(together(base, mine, theirs)).toEqual(drawn('a b', 'a b'))
  })

  test('have nodes where they were moved to, mine first', () => {
    const mine = { ...base, nodes: [node('a', 50), node('b'), node('c')] }
    const theirs = { ...base, nodes: [node('a', 70), node('b', 90), node('c')] }
    expect(together(base, mine, theirs).nodes).toEqual([node('a', 50), node('b', 90), node('c')])
  })
})

test('a drawing goes on from what somebody else saved, with its version, and can be taken back', () => {
  const board: Board = {
    ...drawn('a b', 'a b'),
    group: 'all',
    version: 3,
    updatedAt: null,
    updatedBy: null,
  }
  const editing = beginWith(board, [])
  expect([editing.version, isDirty(editing)]).toEqual([3, false])
  expect(isDirty(beginWith(board, ['b']))).toBe(true)
  const theirs: Board = { ...board, ...drawn('a b c'), version: 4 }
  const next = goOnFrom(editing, theirs, drawn('a b'))
  expect([next.version, isDirty(next), next.draft.past.length]).toEqual([4, true, 1])
  expect(next.base.nodes).toHaveLength(3)
})

test('a board to begin with stands below what is there, in the words of the reader', () => {
  const rule = { all: [] }
  const template = {
    key: 'fans',
    nodes: [
      { key: 'vip' },
      { key: '@fans', rule, words: { name: 'fans', value: 'Mug' } },
      { key: '@newest', rule, words: { name: 'bought_product', value: 'Cup' } },
    ],
    arrows: [{ source: '@fans', target: '@newest' }],
  }
  const { nodes, arrows } = withTemplate(words, drawn('vip a', 'a vip'), template)
  expect(nodes.map(({ key, name }) => [key, name])).toEqual([
    ['vip', undefined],
    ['a', undefined],
    ['@fans', 'Bought Mug three times'],
    ['@newest', 'Bought Cup'],
  ])
  expect(Math.min(...nodes.slice(2).map(({ y }) => y))).toBeGreaterThanOrEqual(grid.height)
  expect(arrows).toHaveLength(2)
})

describe('names', () => {
  const segments = [
    { key: 'vip', name: 'Best', size: 3, group: null },
    { key: 'tea', name: 'Tea lovers', size: 3, group: null },
  ]
  test.each([
    [{ key: 'vip' }, 'VIP'],
    [{ key: 'tea' }, 'Tea lovers'],
    [{ key: '@rated_bad' }, 'Rated badly (last 90 days)'],
    [{ key: '@own', name: 'Mine' }, 'Mine'],
    [{ key: 'none' }, 'none (deleted)'],
    [{ key: '@unknown' }, '@unknown'],
  ])('%j is called %s', (one, name) => {
    expect(nameOf(words, segments, one)).toBe(name)
  })

  test('only segments can be gone', () => {
    expect(['vip', 'none', '@x'].map((key) => isGone(segments, { key }))).toEqual([
      false,
      true,
      false,
    ])
  })
})

const figures: Figures = {
  from: '2026-11-01',
  to: '2026-11-26',
  moved: 30,
  sameDay: 1,
  joinedTarget: 77,
  sourceSize: 1_240,
  rate: 30 / 1_240,
  low: 0.017,
  high: 0.0343,
  medianDays: 41.5,
  n: 30,
  incomplete: null,
}
const item: Movement = {
  source: 'new',
  target: '=repeat',
  ...figures,
  previous: {
    ...figures,
    from: '2026-10-06',
    to: '2026-10-31',
    moved: 20,
    sourceSize: 1_000,
    rate: 0.02,
  },
}
const upper = (key: string) => key.toUpperCase()

describe('what is said of an arrow', () => {
  test('is one sentence with both periods', () => {
    expect(sentenceOf(words, item, upper)).toBe(
      '30 of 1,240 in NEW came into =REPEAT from Nov 1, 2026 to Nov 26, 2026 and are still in it ' +
        '(2.4%; 95 %: 1.7% to 3.4%); in the period before, 20 of 1,000 (2%).',
    )
  })

  test('names an empty source', () => {
    const none = { rate: null, low: null, high: null, sourceSize: 0 }
    const empty = { ...item, ...none, previous: { ...item.previous, ...none } }
    expect(sentenceOf(words, empty, upper)).toBe(
      'Nobody was in NEW from Nov 1, 2026 to Nov 26, 2026; in the period before, nobody was in NEW.',
    )
  })

  test('goes on with the newcomers, the days, the same day, and what is not known', () => {
    const incomplete = { segment: 'new', exactFrom: '2026-11-18' }
    expect(notesOf(words, { ...item, incomplete }, upper)).toEqual([
      'Of 77 who came into =REPEAT, 30 came this way.',
      'Half of them took at most 41.5 days (known of 30).',
      '1 more came into both on the same day.',
      'NEW is fully known only since Nov 18, 2026: its counts are incomplete in these days.',
    ])
    const never = { ...item, incomplete: { segment: 'new', exactFrom: null } }
    expect(notesOf(words, never, upper).at(-1)).toMatch(/^NEW cannot be fully known/)
  })
})

test('the file has every figure, and no formula', () => {
  const lines = fileOf([item], (key) => key).split('\r\n')
  expect(lines).toHaveLength(3)
  expect(lines[0]?.split(',')).toHaveLength(20)
  expect(lines[1]).toBe(
    `new,'=repeat,2026-11-01,2026-11-26,30,1,77,1240,${30 / 1_240},0.017,0.0343,41.5,30,,,` +
      '2026-10-06,2026-10-31,20,1000,0.02',
  )
})

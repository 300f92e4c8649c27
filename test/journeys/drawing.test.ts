import { describe, expect, test } from 'vitest'
import {
  addNode,
  connect,
  draftOf,
  moveNodes,
  redo,
  removeArrows,
  removeNodes,
  rewire,
  step,
  undo,
} from '../../app/journeys/drawing.ts'
import { freePlace, grid, layOut, sidesOf } from '../../app/journeys/layout.ts'
import { daysOf } from '../../app/journeys/period.ts'
import type { Drawing } from '../../app/journeys/shapes.ts'

const node = (key: string, x = 0, y = 0) => ({ key, x, y })
const arrow = (text: string) => {
  const [source = '', target = ''] = text.split(' ')
  return { source, target }
}
const board = (nodes: string, ...arrows: string[]): Drawing => ({
  nodes: nodes.split(' ').map((key) => node(key)),
  arrows: arrows.map(arrow),
})

describe('a drawing', () => {
  test('takes a node and an arrow once', () => {
    const one = addNode(board('a'), node('b'))
    expect(one.nodes).toHaveLength(2)
    expect(addNode(one, node('b', 5))).toBe(one)
    const two = connect(one, arrow('a b'))
    expect(two.arrows).toEqual([arrow('a b')])
    expect(connect(two, arrow('a b'))).toBe(two)
    expect(connect(two, arrow('a a'))).toBe(two)
    expect(connect(two, arrow('a z'))).toBe(two)
    expect(connect(two, arrow('b a')).arrows).toHaveLength(2)
  })

  test('loses the arrows of a node that goes', () => {
    const drawn = board('a b c', 'a b', 'b c', 'a c')
    expect(removeNodes(drawn, ['b'])).toEqual(board('a c', 'a c'))
    expect(removeNodes(drawn, ['z'])).toBe(drawn)
    expect(removeArrows(drawn, [arrow('a b')]).arrows).toEqual([arrow('b c'), arrow('a c')])
    expect(removeArrows(drawn, [arrow('c a')])).toBe(drawn)
  })

  test('leads an arrow elsewhere in its place', () => {
    const drawn = board('a b c', 'a b', 'b c')
    expect(rewire(drawn, arrow('a b'), arrow('a c')).arrows).toEqual([arrow('a c'), arrow('b c')])
    expect(rewire(drawn, arrow('a b'), arrow('b c'))).toBe(drawn)
    expect(rewire(drawn, arrow('a b'), arrow('a a'))).toBe(drawn)
  })

  test('moves nodes to whole places', () => {
    const drawn = board('a b')
    expect(moveNodes(drawn, new Map([['a', { x: 1.4, y: -2.6 }]])).nodes).toEqual([
      node('a', 1, -3),
      node('b'),
    ])
    expect(moveNodes(drawn, new Map([['a', { x: 0.2, y: 0 }]]))).toBe(drawn)
  })
})

test('steps are taken back and forth; a new one forgets what was taken back', () => {
  const [one, two, three] = [board('a'), board('a b'), board('a c')]
  let draft = step(step(draftOf(one), two), two)
  expect(draft.past).toHaveLength(1)
  draft = undo(draft)
  expect(draft.now).toEqual(one)
  expect(undo(draft)).toEqual(draft)
  expect(redo(draft).now).toBe(two)
  draft = step(draft, three)
  expect([draft.now, draft.future]).toEqual([three, []])
  expect(redo(draft)).toEqual(draft)
})

describe('laying out', () => {
  const placesOf = (drawing: Drawing) =>
    Object.fromEntries(
      layOut(drawing).nodes.map(({ key, x, y }) => [key, [x / grid.width, y / grid.height]]),
    )

  test('puts a node right of the shortest way to it', () => {
    expect(placesOf(board('a b c d', 'a b', 'b c', 'a c', 'c d'))).toEqual({
      a: [0, 0],
      b: [1, 0],
      c: [1, 1],
      d: [2, 1],
    })
  })

  test('draws decay in two rows: of one order, and of more', () => {
    const drawn = board(
      'active risk lost again again_risk again_lost',
      'active risk',
      'risk lost',
      'active again',
      'risk again',
      'lost again',
      'again again_risk',
      'again_risk again_lost',
    )
    expect(placesOf(drawn)).toEqual({
      active: [0, 0],
      risk: [1, 0],
      lost: [2, 0],
      again: [1, 1],
      again_risk: [2, 1],
      again_lost: [3, 1],
    })
  })

  test('keeps rows apart and goes through circles', () => {
    const places = placesOf(board('a b c d', 'a b', 'b a', 'c d', 'd c'))
    expect(places).toEqual({ a: [0, 0], b: [1, 0], c: [0, 1], d: [1, 1] })
  })

  test('never puts two nodes into one place', () => {
    const drawn = board('a b c d e f', 'a d', 'a e', 'b d', 'c f', 'f d')
    const places = Object.values(placesOf(drawn)).map(String)
    expect(new Set(places).size).toBe(6)
    expect(layOut({ nodes: [], arrows: [] })).toEqual({ nodes: [], arrows: [] })
  })

  test.each([
    [grid.width, grid.height, 'right', 'left'],
    [0, grid.height, 'bottom', 'top'],
    [-grid.width, -grid.height, 'top', 'bottom'],
    [-grid.width, 0, 'bottom', 'bottom'],
  ])('an arrow to %d, %d leaves at the %s and comes in at the %s', (x, y, from, into) => {
    const sides = { sourceHandle: from, targetHandle: into }
    expect(sidesOf({ x: 0, y: 0 }, { x, y })).toEqual(sides)
  })

  test('a new node stands where nothing stands', () => {
    expect(freePlace({ nodes: [], arrows: [] })).toEqual({ x: 0, y: 0 })
    const nodes = [node('a'), node('b', grid.width + 10, 20)]
    expect(freePlace({ nodes, arrows: [] })).toEqual({ x: 0, y: grid.height })
  })
})

describe('days', () => {
  const today = '2026-11-26'
  test.each([
    [{}, '30', '2026-10-28', '2026-11-26'],
    [{ days: '7' }, '7', '2026-11-20', '2026-11-26'],
    [{ days: 'month' }, 'month', '2026-11-01', '2026-11-26'],
    [{ days: 'lastMonth' }, 'lastMonth', '2026-10-01', '2026-10-31'],
    [{ days: 'own', from: '2026-01-05', to: '2026-02-01' }, 'own', '2026-01-05', '2026-02-01'],
    [{ days: 'own', from: '2026-02-05', to: '2026-02-01' }, 'own', '2026-10-28', '2026-11-26'],
    [{ days: 'own', from: 'x', to: '2027-01-01' }, 'own', '2026-10-28', '2026-11-26'],
    [{ days: 'nonsense' }, '30', '2026-10-28', '2026-11-26'],
  ])('%j are %s: %s to %s', (query, preset, from, to) => {
    expect(daysOf(query, today)).toEqual({ preset, from, to })
  })
})

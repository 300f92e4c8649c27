import type { Arrow, BoardNode, Drawing } from './shapes.ts'

/** A board while it is being drawn: what it looks like now, before, and after what was taken back. */
export interface Draft {
  now: Drawing
  past: readonly Drawing[]
  future: readonly Drawing[]
}

/** So many steps can be taken back. */
const MOST_STEPS = 100

export function draftOf({ nodes, arrows }: Drawing): Draft {
  return { now: { nodes, arrows }, past: [], future: [] }
}

/** The next step; a drawing that is the same is none. */
export function step(draft: Draft, next: Drawing): Draft {
  if (next === draft.now) return draft
  return { now: next, past: [...draft.past, draft.now].slice(-MOST_STEPS), future: [] }
}

export function undo({ now, past, future }: Draft): Draft {
  const before = past.at(-1)
  if (before === undefined) return { now, past, future }
  return { now: before, past: past.slice(0, -1), future: [now, ...future] }
}

export function redo({ now, past, future }: Draft): Draft {
  const [next, ...rest] = future
  if (next === undefined) return { now, past, future }
  return { now: next, past: [...past, now], future: rest }
}

/** Adds a node that is not there yet. */
export function addNode(drawing: Drawing, node: BoardNode): Drawing {
  if (drawing.nodes.some(({ key }) => key === node.key)) return drawing
  return { ...drawing, nodes: [...drawing.nodes, node] }
}

/** Takes nodes away with the arrows at them. */
export function removeNodes(drawing: Drawing, keys: readonly string[]): Drawing {
  if (!drawing.nodes.some(({ key }) => keys.includes(key))) return drawing
  return {
    nodes: drawing.nodes.filter(({ key }) => !keys.includes(key)),
    arrows: drawing.arrows.filter(
      ({ source, target }) => !keys.includes(source) && !keys.includes(target),
    ),
  }
}

export function moveNodes(
  drawing: Drawing,
  places: ReadonlyMap<string, { x: number; y: number }>,
): Drawing {
  let moved = false
  const nodes = drawing.nodes.map((node) => {
    const place = places.get(node.key)
    if (place === undefined) return node
    const [x, y] = [Math.round(place.x), Math.round(place.y)]
    if (x === node.x && y === node.y) return node
    moved = true
    return { ...node, x, y }
  })
  return moved ? { ...drawing, nodes } : drawing
}

const same = (a: Arrow, b: Arrow) => a.source === b.source && a.target === b.target

/** Whether an arrow can be drawn: between two nodes of the board, and not there yet. */
export function canConnect({ nodes, arrows }: Drawing, arrow: Arrow): boolean {
  const has = (wanted: string) => nodes.some(({ key }) => key === wanted)
  const { source, target } = arrow
  return source !== target && has(source) && has(target) && !arrows.some((one) => same(one, arrow))
}

export function connect(drawing: Drawing, arrow: Arrow): Drawing {
  if (!canConnect(drawing, arrow)) return drawing
  const { source, target } = arrow
  return { ...drawing, arrows: [...drawing.arrows, { source, target }] }
}

export function removeArrows(drawing: Drawing, gone: readonly Arrow[]): Drawing {
  const arrows = drawing.arrows.filter((one) => !gone.some((other) => same(one, other)))
  return arrows.length === drawing.arrows.length ? drawing : { ...drawing, arrows }
}

/** Leads an arrow elsewhere, in its place in the list. */
export function rewire(drawing: Drawing, from: Arrow, to: Arrow): Drawing {
  if (same(from, to) || !canConnect(drawing, to)) return drawing
  const { source, target } = to
  return {
    ...drawing,
    arrows: drawing.arrows.map((one) => (same(one, from) ? { source, target } : one)),
  }
}

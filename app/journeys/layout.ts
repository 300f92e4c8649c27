import type { Drawing } from './shapes.ts'

/** Room for a node and the gap to the next, in pixels of the board. */
export const grid = { width: 310, height: 150 } as const

/** Of each node how many arrows lead to it at least, from a node that none leads to; in circles the first is one. */
function columnsOf({ nodes, arrows }: Drawing): Map<string, number> {
  const columns = new Map<string, number>()
  const after = Map.groupBy(arrows, ({ source }) => source)
  const walk = (start: readonly string[]) => {
    let column = 0
    for (let wave = start; wave.length > 0; column += 1) {
      const next = new Set<string>()
      for (const key of wave) columns.set(key, column)
      for (const key of wave) {
        for (const { target } of after.get(key) ?? []) if (!columns.has(target)) next.add(target)
      }
      wave = [...next]
    }
  }
  const targets = new Set(arrows.map(({ target }) => target))
  walk(nodes.map(({ key }) => key).filter((key) => !targets.has(key)))
  for (const { key } of nodes) if (!columns.has(key)) walk([key])
  return columns
}

/**
 * Lays a board out in columns from left to right, each node right beside what leads to it first, so that no arrow runs
 * through a node; in a column nodes stand in the order of what leads to them.
 */
export function layOut(drawing: Drawing): Drawing {
  const columns = columnsOf(drawing)
  const rows = new Map<string, number>()
  const most = Math.max(-1, ...columns.values())
  for (let column = 0; column <= most; column += 1) {
    const own = drawing.nodes.filter(({ key }) => columns.get(key) === column)
    const wish = (key: string) => {
      const before = drawing.arrows
        .filter(({ source, target }) => target === key && (columns.get(source) ?? 0) < column)
        .map(({ source }) => rows.get(source) ?? 0)
      return before.length === 0
        ? Infinity
        : before.reduce((sum, row) => sum + row, 0) / before.length
    }
    const sorted = own
      .map(({ key }, at) => ({ key, at, wish: wish(key) }))
      .toSorted((a, b) => (a.wish === b.wish ? a.at - b.at : a.wish - b.wish))
    let free = 0
    for (const one of sorted) {
      const row = Math.max(free, Number.isFinite(one.wish) ? Math.floor(one.wish) : free)
      rows.set(one.key, row)
      free = row + 1
    }
  }
  return {
    ...drawing,
    nodes: drawing.nodes.map((node) => ({
      ...node,
      x: (columns.get(node.key) ?? 0) * grid.width,
      y: (rows.get(node.key) ?? 0) * grid.height,
    })),
  }
}

interface Place {
  x: number
  y: number
}

/** Ends of an arrow: which side it leaves and which it reaches, so that it runs through neither node. */
export function sidesOf(
  source: Place,
  target: Place,
): { sourceHandle: string; targetHandle: string } {
  const [right, down] = [target.x - source.x, target.y - source.y]
  if (right >= grid.width * 0.75) return { sourceHandle: 'right', targetHandle: 'left' }
  if (down > grid.height * 0.6) return { sourceHandle: 'bottom', targetHandle: 'top' }
  if (down < -grid.height * 0.6) return { sourceHandle: 'top', targetHandle: 'bottom' }
  return { sourceHandle: 'bottom', targetHandle: 'bottom' }
}

/** A free place for a new node: below the others. */
export function freePlace({ nodes }: Drawing): Place {
  if (nodes.length === 0) return { x: 0, y: 0 }
  const taken = (x: number, y: number) =>
    nodes.some((one) => Math.abs(one.x - x) < grid.width && Math.abs(one.y - y) < grid.height)
  for (let place = 0; ; place += 1) {
    const [x, y] = [(place % 3) * grid.width, Math.floor(place / 3) * grid.height]
    if (!taken(x, y)) return { x, y }
  }
}

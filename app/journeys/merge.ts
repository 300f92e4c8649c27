import type { BoardNode, Drawing } from './shapes.ts'
import { idOf } from './shapes.ts'

const namesOf = (drawing: Drawing) => ({
  nodes: new Map(drawing.nodes.map((node) => [node.key, node])),
  arrows: new Set(drawing.arrows.map(idOf)),
})

/**
 * Puts two drawings together that began as the same one: what either of them added or took away is added or taken
 * away, and a node that both moved stands where it is in `mine`.
 */
export function together(base: Drawing, mine: Drawing, theirs: Drawing): Drawing {
  const before = namesOf(base)
  const own = namesOf(mine)
  const other = namesOf(theirs)
  const placed = (node: BoardNode): BoardNode => {
    const was = before.nodes.get(node.key)
    const is = own.nodes.get(node.key)
    if (is === undefined || (was !== undefined && was.x === is.x && was.y === is.y)) return node
    return { ...node, x: is.x, y: is.y }
  }
  const nodes = [
    ...theirs.nodes.filter(({ key }) => own.nodes.has(key) || !before.nodes.has(key)).map(placed),
    ...mine.nodes.filter(({ key }) => !before.nodes.has(key) && !other.nodes.has(key)),
  ]
  const keys = new Set(nodes.map(({ key }) => key))
  const arrows = [
    ...theirs.arrows.filter((one) => own.arrows.has(idOf(one)) || !before.arrows.has(idOf(one))),
    ...mine.arrows.filter((one) => !before.arrows.has(idOf(one)) && !other.arrows.has(idOf(one))),
  ].filter(({ source, target }) => keys.has(source) && keys.has(target))
  return { nodes, arrows }
}

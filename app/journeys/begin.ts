import type { Words } from '../words.ts'
import { addNode, connect } from './drawing.ts'
import { grid, layOut } from './layout.ts'
import { namedNode } from './names.ts'
import type { Drawing, Template } from './shapes.ts'

/** A board to begin with, laid out below what is drawn already. */
export function withTemplate(
  words: Pick<Words, 'maybe'>,
  drawing: Drawing,
  { nodes, arrows }: Template,
): Drawing {
  const top =
    drawing.nodes.length === 0 ? 0 : Math.max(...drawing.nodes.map(({ y }) => y)) + grid.height
  const laid = layOut({
    nodes: nodes.map((node) => ({ ...namedNode(words, node), x: 0, y: 0 })),
    arrows,
  })
  const placed = laid.nodes.map((node) => ({ ...node, y: node.y + top }))
  return arrows.reduce(connect, placed.reduce(addNode, drawing))
}

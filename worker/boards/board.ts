import { z } from 'zod'
import { limits } from '../journeys/catalog.ts'
import { nodeKey } from '../journeys/question.ts'
import { ruleSchema } from '../segments/validate.ts'

/** The board of all segments; other boards are named by their group. */
export const EVERYTHING = 'all'

const place = z.int().min(-100_000).max(100_000)

/** A segment, an outcome, or a node with a name and a rule of its own, and where it stands. */
const node = z.strictObject({
  key: nodeKey,
  x: place,
  y: place,
  name: z.string().trim().min(1).max(100).optional(),
  rule: ruleSchema.optional(),
})
const arrow = z.strictObject({ source: nodeKey, target: nodeKey })

/** What is drawn on a board, and the version that was edited (0: none): another one meanwhile is a conflict. */
export const boardChange = z
  .strictObject({
    nodes: z.array(node).max(limits.nodes),
    arrows: z.array(arrow).max(limits.arrows),
    version: z.int().min(0),
  })
  .superRefine(({ nodes, arrows }, context) => {
    const fault = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message })
    const keys = new Set<string>()
    nodes.forEach(({ key, name, rule }, at) => {
      if (keys.has(key)) fault(['nodes', at, 'key'], 'is on the board already')
      keys.add(key)
      if ((name === undefined) !== (rule === undefined)) {
        fault(['nodes', at], 'a node of its own has a name and a rule')
      }
      if (rule !== undefined && !key.startsWith('@')) {
        fault(['nodes', at, 'key'], 'the key of a node of its own begins with @')
      }
    })
    const drawn = new Set<string>()
    arrows.forEach(({ source, target }, at) => {
      const pair = `${source} ${target}`
      if (source === target) fault(['arrows', at], 'leads from a node to itself')
      if (drawn.has(pair)) fault(['arrows', at], 'is on the board already')
      drawn.add(pair)
      for (const [end, key] of Object.entries({ source, target })) {
        if (!keys.has(key)) fault(['arrows', at, end], `${key} is not on the board`)
      }
    })
  })
export type Drawing = Pick<z.output<typeof boardChange>, 'nodes' | 'arrows'>

/** A board as it is answered; version 0: nobody has drawn on it. */
export interface Board extends Drawing {
  group: string
  version: number
  /** RFC 3339, and who saved it. */
  updatedAt: string | null
  updatedBy: string | null
}

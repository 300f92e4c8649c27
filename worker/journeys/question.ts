import { z } from 'zod'
import { ruleSchema } from '../segments/validate.ts'
import { behind, limits } from './catalog.ts'

/** A segment's key, or a node's, which begins with @. */
export const nodeKey = z
  .string()
  .regex(/^@?[a-z0-9][a-z0-9_-]{0,63}$/, 'expected the key of a segment, or @ and a name')

/** A node that brings its own rule. */
export const ruleNode = z.strictObject({
  key: z.string().regex(/^@[a-z0-9][a-z0-9_-]{0,63}$/, 'expected @ and a name'),
  rule: ruleSchema,
})

const asked = {
  nodes: z.array(ruleNode).max(limits.nodes).default([]),
  /** By default the last thirty days. */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  /** Counts as if nothing were known of a segment before it was made. */
  parity: z.boolean().default(false),
}
const arrow = z.strictObject({ source: nodeKey, target: nodeKey })

export const countBody = z.strictObject({
  arrows: z.array(arrow).min(1).max(limits.arrows),
  ...asked,
})

export const peopleBody = z.strictObject({
  ...arrow.shape,
  ...asked,
  who: z.enum(behind).default('moved'),
})

export const pagedBody = peopleBody.extend({
  after: z.int().min(0).default(0),
  limit: z.int().min(1).max(200).default(50),
})

export const matrixQuery = z.strictObject({
  group: z.string().min(1).max(64).optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  parity: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true'),
})

/** What all questions of movement share. */
export type Asked = Pick<z.output<typeof countBody>, 'nodes' | 'from' | 'to' | 'parity'>

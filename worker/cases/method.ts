import { z } from 'zod'
import { addMonths, type Day, parseDay } from '../time.ts'
import { caseKeys, gapBases } from './catalog.ts'

const key = z.union([z.enum(caseKeys), z.templateLiteral(['field:', z.string().min(1).max(100)])])

const scalar = z.union([z.string().max(200), z.number(), z.boolean()])

/** A condition on tickets, as rules write it. */
const filter = z.strictObject({
  property: z.string().regex(/^(channel|type|status|tag|field:.{1,100})$/, 'not of a ticket'),
  op: z.enum(['=', '!=', 'in', 'not_in', 'contains', 'exists']),
  value: z.union([scalar, z.array(scalar).min(1).max(50)]),
})

/** A method as api.md writes it; the id is given at its making. */
export const methodInput = z.strictObject({
  name: z.string().trim().min(1).max(100),
  keys: z
    .array(key)
    .max(5)
    .refine((keys) => new Set(keys).size === keys.length, 'a key twice'),
  gapHours: z.number().min(0).max(87_600).nullable(),
  gapFrom: z.enum(gapBases).default('activity'),
  since: z.iso.date().nullable().default(null),
  filter: z.array(filter).max(10).default([]),
})
export type MethodInput = z.output<typeof methodInput>

export const methodShown = methodInput.extend({
  id: z.string(),
  version: z.int(),
  isDefault: z.boolean(),
})
export type Method = z.output<typeof methodShown>

/** The method that every account has, until it is changed: the same customer within 72 hours. */
export const defaultMethod: Method = {
  id: 'default',
  name: 'Same customer, 72 hours',
  keys: [],
  gapHours: 72,
  gapFrom: 'activity',
  since: null,
  filter: [],
  version: 0,
  isDefault: true,
}

/** First day whose tickets a method groups: its own, else the same day three months back. */
export function sinceOf({ since }: Pick<Method, 'since'>, today: Day): Day {
  return (since === null ? null : parseDay(since)) ?? addMonths(today, -3)
}

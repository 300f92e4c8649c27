import { z } from 'zod'
import { checkboxKey, choices, type Way } from './catalog.ts'

/** What an account keeps up to date in its help desk. */
export const pushSettings = z.strictObject({
  on: z.boolean().default(false),
  fields: z
    .array(z.enum(choices))
    .max(choices.length)
    .default(['segments', 'orderValue', 'orders', 'latestPurchase', 'sentiment', 'badRating']),
  /** Segments that have a checkbox of their own. */
  checkboxes: z
    .array(z.string().regex(/^[a-z0-9][a-z0-9_-]{0,63}$/))
    .max(20)
    .refine(
      (keys) => new Set(keys.map(checkboxKey)).size === keys.length,
      'two of these segments would share a field',
    )
    .default(['vip']),
  /** Checkboxes carry a tag; the help desk copies tags of users onto their new tickets. */
  tags: z.boolean().default(false),
  /** VIP and sentiment on open tickets. */
  ticketFields: z.boolean().default(false),
  /** Open tickets are written to when their customer changes, so that triggers run. */
  touchTickets: z.boolean().default(false),
  /** Property of orders or of their lines whose most bought value is the preferred line. */
  lineProperty: z.string().min(1).max(100).nullable().default(null),
  /** Trait that holds the day on which somebody signed up for a plan. */
  planTrait: z.string().min(1).max(100).nullable().default(null),
})
export type PushSettings = z.output<typeof pushSettings>

/** Reads stored settings; what cannot be read is as if nothing was chosen. */
export function readSettings(text: string | null | undefined): PushSettings {
  const read = pushSettings.safeParse(JSON.parse(text || '{}'))
  return read.success ? read.data : pushSettings.parse({})
}

/** What cards hold for the push alone. */
export const cardWishes = z.object({
  lineProperty: z.string().nullable().default(null),
  planTrait: z.string().nullable().default(null),
})
export type CardWishes = z.output<typeof cardWishes>

export function readWishes(text: unknown): CardWishes {
  const read = cardWishes.safeParse(JSON.parse(typeof text === 'string' ? text : '{}'))
  return read.success ? read.data : cardWishes.parse({})
}

/** How a segment is seen at the help desk: a checkbox of its own, among the tags, in the text of all. */
export function waysOf({ on, checkboxes, fields }: PushSettings, segment: string): Way[] {
  if (!on) return []
  return [
    ...(checkboxes.includes(segment) ? (['checkbox'] as const) : []),
    ...(fields.includes('segmentTags') ? (['tags'] as const) : []),
    ...(fields.includes('segments') ? (['text'] as const) : []),
  ]
}

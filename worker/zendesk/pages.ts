import type { z } from 'zod'
import type { Failure, Reply } from './ask.ts'
import type { Desk } from './desk.ts'

type Paged = z.ZodType<{ meta: { has_more: boolean; after_cursor?: string | null | undefined } }>

/** Reads a list to its end; null when it was read, else the reply that ended it. */
export async function everyPage<Schema extends Paged>(
  desk: Desk,
  path: string,
  schema: Schema,
  visit: (page: z.output<Schema>) => void,
): Promise<Failure | null> {
  let after: string | null = null
  do {
    const page: string = after === null ? '' : `&page[after]=${encodeURIComponent(after)}`
    const reply: Reply<z.output<Schema>> = await desk.ask({ path: `${path}${page}` }, schema)
    if (!reply.ok) return reply
    visit(reply.body)
    const { meta } = reply.body
    after = meta.has_more ? (meta.after_cursor ?? null) : null
  } while (after !== null)
  return null
}

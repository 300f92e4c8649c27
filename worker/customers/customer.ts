import { z } from 'zod'
import { id, instant, tags, text, traits } from '../ingest/fields.ts'
import { customerRef } from '../people/identity.ts'

/** A source customer as api.md writes it. */
export const customerInput = z.strictObject({
  id,
  channel: text(100).min(1).optional(),
  email: customerRef.shape.email,
  phone: customerRef.shape.phone,
  name: customerRef.shape.name,
  verified: customerRef.shape.verified,
  createdAt: instant.optional(),
  traits: traits.optional(),
  tags: tags.optional(),
  updatedAt: instant.optional(),
})
export type CustomerInput = z.output<typeof customerInput>

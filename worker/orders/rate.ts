import { z } from 'zod'
import { currency } from '../ingest/fields.ts'

/** Units of `to` for one unit of `from`, on one day; a rate counts for its very day only. */
const rateInput = z.strictObject({
  day: z.iso.date(),
  from: currency,
  to: currency,
  rate: z.number().positive().max(1e9),
})

export const ratesInput = z.array(rateInput).min(1).max(10_000)

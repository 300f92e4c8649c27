import { z } from 'zod'

const earliest = Date.UTC(1970, 0, 1)
const latest = Date.UTC(2200, 0, 1)

/** Text without NUL; unpaired surrogates are replaced, so that what is stored is what is read. */
export function text(max: number) {
  return z
    .string()
    .max(max)
    .refine((value) => !value.includes('\u0000'), 'contains the character U+0000')
    .overwrite((value) => value.toWellFormed())
}

/** An id of a source: 1-200 characters, none of them a control character. */
export const id = text(200)
  .min(1)
  .refine((value) => !/\p{Cc}/u.test(value), 'contains a control character')

/** RFC 3339 with an offset, as epoch milliseconds; from 1970 to 2199. */
export const instant = z.iso
  .datetime({ offset: true, error: 'expected an RFC 3339 instant with an offset' })
  .transform((value) => Date.parse(value))
  .refine((at) => at >= earliest && at < latest, 'expected a year from 1970 to 2199')

/** Integer minor units. */
export const minor = z.int().min(-1e13).max(1e13)

export const currency = z
  .string()
  .regex(/^[A-Z]{3}$/, 'expected an ISO 4217 code of three capital letters')

const name = text(100).min(1)
const scalar = z.union([text(500), z.number(), z.boolean()])

/** Custom properties: at most 60, text up to 500 characters, lists of text up to 50 entries. */
export const properties = z
  .record(name, z.union([scalar, z.array(text(500)).max(50)]))
  .refine((record) => Object.keys(record).length <= 60, 'more than 60 properties')

/** Traits and ticket fields: like properties, null clears. */
export const traits = z
  .record(name, z.union([scalar, z.null(), z.array(text(500)).max(50)]))
  .refine((record) => Object.keys(record).length <= 200, 'more than 200 entries')

export const tags = z.array(text(100).min(1)).max(200)

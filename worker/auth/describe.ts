import type { MiddlewareHandler } from 'hono'
import { resolver, uniqueSymbol } from 'hono-openapi'
import type { z } from 'zod'
import type { AppEnv } from '../http.ts'

/** What a route answers, by status: the shape of its body, or null when it has none or no JSON. */
export type Answers = Readonly<Record<number, z.ZodType | null>>

/** What a route answers when nothing more is known of it. */
export const done: Answers = { 200: null }

const withoutBearer: Record<string, string[]>[] = []
const withBearer: Record<string, string[]>[] = [{ bearer: [] }]

/** The OpenAPI entry of a route that asks for a bearer. */
export function guardedSpec(summary: string, description: string, answers: Answers) {
  return { ...specOf(summary, description, answers), security: withBearer }
}

/** Describes a route that needs no bearer: public, or signed in its own way. */
export function open(summary: string, description: string): MiddlewareHandler<AppEnv> {
  const spec = { ...specOf(summary, description, done), security: withoutBearer }
  return Object.assign(pass(), { [uniqueSymbol]: { spec } })
}

/** Describes the body of a route that reads its records one by one: a JSON array or NDJSON. */
export function records(schema: z.ZodType): MiddlewareHandler<AppEnv> {
  const content = {
    'application/json': { schema: resolver(schema.array()) },
    'application/x-ndjson': { schema: resolver(schema) },
  }
  const spec = { requestBody: { required: true, content } }
  return Object.assign(pass(), { [uniqueSymbol]: { spec } })
}

/** A fresh function each time: a description is attached to it. */
function pass(): MiddlewareHandler<AppEnv> {
  return (_c, next) => next()
}

function specOf(summary: string, description: string, answers: Answers) {
  const responses = Object.entries(answers).map(([status, shape]) => [status, answer(shape)])
  return {
    summary,
    description,
    responses: {
      ...Object.fromEntries(responses),
      default: { $ref: '#/components/responses/Problem' },
    },
  }
}

function answer(shape: z.ZodType | null) {
  if (shape === null) return { description: 'Done' }
  const schema = resolver(shape, { options: { io: 'output', override: growing } })
  return { description: 'Done', content: { 'application/json': { schema } } }
}

/** Answers may grow, so no shape of an answer is closed. */
function growing({ jsonSchema }: { jsonSchema: { additionalProperties?: unknown } }): void {
  if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties
}

import type { Hono } from 'hono'
import { generateSpecs } from 'hono-openapi'
import type { AppEnv } from '../http.ts'

const text = { type: 'string' } as const
const object = { type: 'object' } as const
const integer = { type: 'integer' } as const

const fieldError = {
  ...object,
  required: ['path', 'message'],
  properties: {
    line: { ...integer, description: 'Line of the body, from 1.' },
    path: text,
    message: text,
  },
}

/** What every refusal looks like: RFC 9457. */
const problem = {
  ...object,
  required: ['type', 'title', 'status', 'detail', 'requestId'],
  properties: {
    type: text,
    title: text,
    status: integer,
    detail: text,
    requestId: text,
    errors: {
      type: 'array' as const,
      description: 'What is wrong with the values, field by field.',
      items: fieldError,
    },
  },
}

const description = `Instants are RFC 3339, days YYYY-MM-DD in the account's time zone, money is integer minor units beside an ISO
currency. Every answer has X-Request-Id, and Server-Timing with the statements and rows it cost. /v1 only grows: a field
that goes is announced one release ahead.`

/** The OpenAPI 3.1 document of an app, as JSON text; made from its routes. */
export async function documentOf(app: Hono<AppEnv>): Promise<string> {
  const document = await generateSpecs(app, {
    excludeStaticFile: false,
    defaultValidationErrorResponse: false,
    documentation: {
      openapi: '3.1.0',
      info: { title: 'Rapport', version: '1', description },
      components: {
        securitySchemes: {
          bearer: {
            type: 'http',
            scheme: 'bearer',
            description: 'An API key of the account, or the session token of the app.',
          },
        },
        schemas: { Problem: problem },
        responses: {
          Problem: {
            description: 'The request was refused',
            content: {
              'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
            },
          },
        },
      },
    },
  })
  return JSON.stringify(document)
}

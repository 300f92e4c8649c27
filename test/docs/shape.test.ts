import { expect, test } from 'vitest'
import { z } from 'zod'
import { docsPage } from '../../worker/docs/page.ts'
import { shapeOf } from '../../worker/docs/shape.ts'

test.each([
  [{ type: 'string', format: 'date-time' }, 'string (date-time)'],
  [{ $ref: '#/components/schemas/Problem' }, 'Problem'],
  [{ enum: ['a', 1] }, '"a" | 1'],
  [{ const: true }, 'true'],
  [{ anyOf: [{ type: 'string' }, { type: 'null' }] }, 'string | null'],
  [{ type: ['integer', 'null'] }, 'integer | null'],
  [{ type: 'array', items: { type: 'number' } }, '[number]'],
  [{ type: 'object', additionalProperties: { type: 'number' } }, '{ [name]: number }'],
  [{ type: 'object', properties: {} }, '{}'],
  [{ allOf: [{ $ref: '#/A' }, { $ref: '#/B' }] }, 'A & B'],
  [{}, 'anything'],
])('%j reads %s', (schema, text) => {
  expect(shapeOf(schema)).toBe(text)
})

test('properties stand one a line, optional ones with a mark', () => {
  const line = z.strictObject({ sku: z.string().optional(), quantity: z.number().default(1) })
  const schema = z.toJSONSchema(z.strictObject({ id: z.string(), lines: z.array(line) }), {
    io: 'input',
  })
  expect(shapeOf(JSON.parse(JSON.stringify(schema)))).toBe(`{
  id: string
  lines: [{
    sku?: string
    quantity?: number   default 1
  }]
}`)
})

test('what the document says is text on the page, whatever it holds', async () => {
  const page = await docsPage({
    info: { title: '<i>' },
    paths: { '/v1/<b>': { get: { summary: '<u>', description: '"&' } } },
  })
  expect(page).not.toMatch(/<i>|<b>\/|<u>/)
  expect(page).toContain('/v1/&lt;b&gt;')
})

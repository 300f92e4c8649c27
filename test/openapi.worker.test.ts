import { expect, test } from 'vitest'
import { z } from 'zod'
import { call, json } from './support/worker/api.ts'

const method = z.enum(['get', 'put', 'post', 'patch', 'delete'])
const described = z.looseObject({
  summary: z.string().min(5),
  operationId: z.string(),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  responses: z.looseObject({
    default: z.object({ $ref: z.literal('#/components/responses/Problem') }),
  }),
  parameters: z.array(z.looseObject({ name: z.string(), in: z.string() })).optional(),
  requestBody: z
    .looseObject({ content: z.record(z.string(), z.looseObject({ schema: z.looseObject({}) })) })
    .optional(),
})
const shape = z.looseObject({
  openapi: z.literal('3.1.0'),
  info: z.looseObject({ title: z.literal('Rapport'), version: z.string() }),
  paths: z.record(z.string(), z.record(method, described).or(z.partialRecord(method, described))),
})

const document = shape.parse(await json('GET', '/openapi.json', { key: null }))
const text = JSON.stringify(document)

test('the document is public, and cached for a short while', async () => {
  const answer = await call('GET', '/openapi.json', { key: null })
  expect(answer.headers.get('Content-Type')).toBe('application/json')
  expect(answer.headers.get('Cache-Control')).toBe('public, max-age=300')
})

/** What stands at a JSON pointer of the document. */
const at = (pointer: string) =>
  pointer.split('/').reduce<unknown>((node, step) => Object(node)[step], document)

test('every reference leads to something', () => {
  const references = [...text.matchAll(/"\$ref":"#\/([^"]+)"/g)].map((match) => match[1] ?? '')
  const dangling = [...new Set(references)].filter((reference) => typeof at(reference) !== 'object')
  expect(references).toContain('components/responses/Problem')
  expect(dangling).toEqual([])
})

test('operations have names of their own', () => {
  const names = Object.values(document.paths).flatMap((methods) =>
    Object.values(methods).map((operation) => operation?.operationId),
  )
  expect(new Set(names).size).toBe(names.length)
})

test('every parameter of a path is described', () => {
  const paths = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.values(methods).map((operation) => ({
      path,
      inPath: [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).toSorted(),
      described: (operation?.parameters ?? [])
        .filter((one) => one.in === 'path')
        .map((one) => one.name)
        .toSorted(),
    })),
  )
  const wrong = paths.filter(({ inPath, described }) => inPath.join() !== described.join())
  expect(wrong).toEqual([])
})

test('requests and answers are described by their shapes', () => {
  expect(document.paths['/v1/keys']?.post).toMatchObject({
    security: [{ bearer: [] }],
    requestBody: {
      content: { 'application/json': { schema: { required: ['name', 'scopes'] } } },
    },
    responses: {
      201: {
        content: {
          'application/json': { schema: { required: ['name', 'scopes', 'id', 'key'] } },
        },
      },
    },
  })
  expect(document.paths['/v1/health']?.get?.security).toEqual([])
})

test('bodies are closed, answers may grow', () => {
  const { post } = document.paths['/v1/keys'] ?? {}
  expect(JSON.stringify(post?.requestBody)).toContain('"additionalProperties":false')
  expect(JSON.stringify(post?.responses)).not.toContain('"additionalProperties":false')
})

test('the page lists every operation, runs no script and cannot be framed', async () => {
  const answer = await call('GET', '/docs', { key: null })
  const page = await answer.text()
  for (const [path, methods] of Object.entries(document.paths)) {
    expect(page).toContain(`<code>${path}</code>`)
    for (const operation of Object.values(methods)) {
      expect(page).toContain(`<span>${operation?.summary}</span>`)
    }
  }
  expect(page).not.toMatch(/<script|\son\w+=|\sstyle=|https?:\/\//)
  const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? ''
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(style))
  const hash = btoa(String.fromCharCode(...new Uint8Array(digest)))
  expect(answer.headers.get('Content-Security-Policy')).toBe(
    `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  )
})

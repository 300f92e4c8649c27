import { html, raw } from 'hono/html'
import type { Schema } from './shape.ts'
import { shapeOf } from './shape.ts'

interface Body {
  content?: Record<string, { schema?: Schema }>
  description?: string
}

interface Operation {
  summary?: string
  description?: string
  security?: unknown[]
  parameters?: { name: string; in: string; required?: boolean; schema?: Schema }[]
  requestBody?: Body
  responses?: Record<string, Body>
}

/** What the page reads of an OpenAPI document. */
export interface Document {
  info: { title: string; description?: string }
  paths: Record<string, Record<string, Operation>>
}

const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 60rem; padding: 1.5rem; }
h2 { margin: 2rem 0 0.5rem; font-size: 1.25rem; }
details { border-block-start: 1px solid color-mix(in srgb, currentColor 20%, transparent); }
summary { cursor: pointer; padding: 0.5rem 0; }
summary:focus-visible { outline: 2px solid; outline-offset: 2px; }
summary b { display: inline-block; min-width: 4.5rem; }
summary span { opacity: 0.75; }
code, pre { font: 0.875rem/1.5 ui-monospace, monospace; }
pre { overflow-x: auto; padding: 0.75rem; background: color-mix(in srgb, currentColor 8%, transparent); }
h4 { margin: 0.75rem 0 0.25rem; }
`

/** Source expression that allows the page's style sheet, and nothing else, in a Content-Security-Policy. */
export async function styleSource(): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(style))
  return `'sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}'`
}

/** The document as a page of its operations, grouped by noun. Needs no script. */
export async function docsPage(document: Document): Promise<string> {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )
  const groups = Map.groupBy(operations, ({ path }) => nounOf(path))
  return String(
    await html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width" />
          <title>${document.info.title} API</title>
          ${raw(`<style>${style}</style>`)}
        </head>
        <body>
          <h1>${document.info.title} API</h1>
          <p>${document.info.description}</p>
          <p>The same as a document for programs: <a href="/openapi.json">/openapi.json</a></p>
          ${[...groups].map(
            ([noun, members]) =>
              html`<h2>${noun}</h2>
                ${members.map(({ path, method, operation }) => entry(path, method, operation))}`,
          )}
        </body>
      </html>`,
  )
}

/** `/v1/customers/{id}` → `customers`. */
function nounOf(path: string): string {
  const [first = '', second = ''] = path.slice(1).split('/')
  return first === 'v1' ? second : first
}

function entry(path: string, method: string, operation: Operation) {
  const parameters = operation.parameters ?? []
  return html`<details>
    <summary>
      <b>${method.toUpperCase()}</b> <code>${path}</code> <span>${operation.summary}</span>
    </summary>
    <p>${operation.description}</p>
    ${
      parameters.length === 0
        ? ''
        : html`<h4>Parameters</h4>
            <ul>
              ${parameters.map(
                (one) =>
                  html`<li>
                    <code>${one.name}</code>
                    (${one.in}${one.required === true ? ', required' : ''}):
                    <code>${shapeOf(one.schema ?? {})}</code>
                  </li>`,
              )}
            </ul>`
    }
    ${operation.requestBody === undefined ? '' : body('Body', operation.requestBody)}
    ${Object.entries(operation.responses ?? {})
      .filter(([status]) => status !== 'default')
      .map(([status, answer]) => body(`Answer ${status}`, answer))}
  </details>`
}

function body(title: string, { content }: Body) {
  const shapes = Object.entries(content ?? {})
  if (shapes.length === 0) return html`<h4>${title}</h4>`
  return shapes.map(
    ([type, { schema }]) =>
      html`<h4>${title} <code>${type}</code></h4>
        <pre>${shapeOf(schema ?? {})}</pre>`,
  )
}

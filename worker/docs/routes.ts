import { Hono } from 'hono'
import { open } from '../auth/describe.ts'
import type { AppEnv } from '../http.ts'
import { documentOf } from './document.ts'
import { docsPage, styleSource } from './page.ts'

const cached = { 'Cache-Control': 'public, max-age=300' }

/** Publishes what an app's routes say of themselves, for programs and for people. */
export function documentation(app: Hono<AppEnv>) {
  let document: Promise<string> | undefined
  const text = () => (document ??= documentOf(app))
  return new Hono<AppEnv>()
    .get('/openapi.json', open('This interface as OpenAPI 3.1', 'Public.'), async (c) =>
      c.body(await text(), 200, { 'Content-Type': 'application/json', ...cached }),
    )
    .get('/docs', open('This interface as a page', 'Public.'), async (c) => {
      const page = await docsPage(JSON.parse(await text()))
      const policy = [
        "default-src 'none'",
        `style-src ${await styleSource()}`,
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
      ].join('; ')
      return c.html(page, 200, {
        ...cached,
        'Content-Security-Policy': policy,
        'Referrer-Policy': 'no-referrer',
      })
    })
}

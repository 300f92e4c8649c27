import { html } from 'hono/html'
import type { Location, Role } from './catalog.ts'

/** What the app knows at its start; it is in the page, so it holds nothing that its user may not see. */
export interface Boot {
  token: string
  /** RFC 3339. */
  expiresAt: string
  account: { id: number; name: string; timeZone: string; currency: string }
  user: { id: string; role: Role }
  location: Location
}

const mark = '<!--rapport-session-->'

/** The built page with the session in it, or null when the page has no place for one. */
export function shellPage(page: string, boot: Boot): string | null {
  if (!page.includes(mark)) return null
  const script = `<script type="application/json" id="rapport">${scriptJson(boot)}</script>`
  return rooted(page).replace(mark, () => script)
}

/** JSON that cannot end the script element it stands in, whatever a shop is called. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** The page is built to lie anywhere but is served below /zaf/, so its files are named from the root. */
function rooted(page: string): string {
  return page.replace(/(\s(?:src|href)=")\.\//g, '$1/')
}

/** A readable page for a refused request. Says nothing that would help to forge one. */
export async function refusalPage(
  title: string,
  sentence: string,
  requestId: string,
): Promise<string> {
  return String(
    await html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width" />
          <meta name="color-scheme" content="light dark" />
          <title>${title}</title>
        </head>
        <body>
          <h1>${title}</h1>
          <p>${sentence}</p>
          <p><small>Request ${requestId}</small></p>
        </body>
      </html>`,
  )
}

/** Headers of every page in the help desk's frame; only the given origins may frame it. */
export function frameHeaders(ancestors: readonly string[]): Record<string, string> {
  return {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': [
      "default-src 'none'",
      "script-src 'self' https://static.zdassets.com",
      "style-src 'self'",
      "connect-src 'self'",
      "img-src 'self' data:",
      `frame-ancestors ${ancestors.length > 0 ? ancestors.join(' ') : "'none'"}`,
      "base-uri 'none'",
      "form-action 'none'",
    ].join('; '),
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  }
}

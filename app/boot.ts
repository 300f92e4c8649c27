import type { Location, Role } from '../worker/auth/catalog.ts'

/** What the Worker put into the page. */
export interface Boot {
  token: string
  /** RFC 3339. */
  expiresAt: string
  account: { id: number; name: string; timeZone: string; currency: string }
  user: { id: string; role: Role }
  location: Location
}

/** The session of this page, or null when the page was opened without one. */
export function readBoot(page: Document): Boot | null {
  const text = page.getElementById('rapport')?.textContent
  if (!text) return null
  try {
    const value: unknown = JSON.parse(text)
    return isBoot(value) ? value : null
  } catch {
    return null
  }
}

/** The Worker wrote it, so its presence is checked and its parts are believed. */
function isBoot(value: unknown): value is Boot {
  return typeof value === 'object' && value !== null && 'token' in value && 'account' in value
}

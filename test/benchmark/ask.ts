import type { Rapport } from '../emulator/launcher/rapport.ts'

/** Asks Rapport over HTTP; answers the text and the rows read. Throws on a refusal. */
export type Ask = (path: string, init?: RequestInit) => Promise<{ text: string; read: number }>

export const ndjson = { 'Content-Type': 'application/x-ndjson' }

/** Questions with the operator key; bodies are JSON unless the headers say otherwise. */
export function askOf(rapport: Rapport): Ask {
  const own = { Authorization: `Bearer ${rapport.key}`, 'Content-Type': 'application/json' }
  return async (path, init = {}) => {
    const headers = { ...own, ...Object(init.headers) }
    const response = await fetch(new URL(path, rapport.workerUrl()), { ...init, headers })
    const text = await response.text()
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text.slice(0, 200)}`)
    const read = Number(/read=(\d+)/.exec(response.headers.get('Server-Timing') ?? '')?.[1])
    return { text, read }
  }
}

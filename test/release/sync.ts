import { setTimeout } from 'node:timers/promises'

interface Shown {
  state: string
  upTo: string | null
  waiting: number
  trouble: string | null
  streams: { name: string; state: string; done: number; total: number | null }[]
}

/** Asks a Rapport to read its help desk now, and tells how far it is until everything has come. */
export async function syncOnce(
  ask: (method: string, path: string) => Promise<unknown>,
  say: (line: string) => void,
  pause = 2_000,
): Promise<boolean> {
  const begun = Date.now()
  await ask('POST', '/v1/connections/zendesk/retry')
  let told = ''
  for (;;) {
    const { items } = (await ask('GET', '/v1/connections')) as { items: Shown[] }
    const [shown] = items
    if (shown === undefined || shown.state !== 'connected') {
      say(`not connected${shown?.trouble ? `: ${shown.trouble}` : ''}`)
      return false
    }
    const line = shown.streams
      .map(
        ({ name, state, done, total }) =>
          `${name} ${state} ${done}${total === null ? '' : `/${total}`}`,
      )
      .join(' · ')
    if (line !== told) say(line)
    told = line
    if (shown.upTo !== null && shown.waiting === 0 && Date.parse(shown.upTo) > begun - 180_000) {
      say(`everything until ${shown.upTo} is here`)
      return true
    }
    await setTimeout(pause)
  }
}

/** `npm run sync:once -- https://rapport.you.workers.dev`, with the account's key in RAPPORT_KEY. */
async function main(): Promise<void> {
  const [base] = process.argv.slice(2)
  const key = process.env['RAPPORT_KEY']
  if (base === undefined || !key) {
    throw new Error('usage: RAPPORT_KEY=… npm run sync:once -- https://rapport.you.workers.dev')
  }
  const ask = async (method: string, path: string) => {
    const headers = { Authorization: `Bearer ${key}` }
    const response = await fetch(new URL(path, base), { method, headers })
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}`)
    return response.status === 202 ? null : response.json()
  }
  if (!(await syncOnce(ask, (line) => console.log(line)))) process.exitCode = 1
}

if (import.meta.main) {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  })
}

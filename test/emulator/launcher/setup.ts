import type { ApiRate, Records, World } from '../world.ts'
import type { RapportApi } from './api.ts'

/** How Rapport recognises the practice desk. */
export interface DeskIdentity {
  subdomain: string
  installation: string
  publicKey: string
  frameOrigins: string[]
}

/** How far the demo shop has been sent; `total` is the number of records of all kinds. */
export interface Seeding {
  state: 'none' | 'running' | 'done' | 'failed'
  sent: number
  total: number
  message?: string
}

/** Connects the desk and names its agents, so that Rapport knows their roles. Safe to repeat at every start. */
export async function connectDesk(
  api: RapportApi,
  desk: DeskIdentity,
  world: World,
): Promise<void> {
  await api.call('PATCH', '/v1/account', { helpDesk: desk })
  for (const agent of world.agents) {
    const path = `/v1/members/${encodeURIComponent(agent.id)}`
    await api.call('PUT', path, { name: agent.name, role: agent.role })
  }
}

/** What the shop sends; tickets come from the help desk. */
const nouns = ['customers', 'orders', 'refunds'] as const

/** Gives the account the demo shop's settings and sends the shop's records, telling how far it is; `later` records follow. */
export async function seedDemo(
  api: RapportApi,
  world: World,
  records: Records,
  progress: (seeding: Seeding) => void,
  later = 0,
): Promise<void> {
  const shop = { ...records, customers: world.customers }
  const total = nouns.reduce((sum, noun) => sum + shop[noun].length, later)
  progress({ state: 'running', sent: 0, total })
  await api.call('PATCH', '/v1/account', {
    name: 'Tern & Thistle',
    timeZone: world.timeZone,
    currency: world.currency,
    schedules: [world.schedule],
    keepText: true,
  })
  await sendRates(api, world.rates)
  let before = 0
  for (const noun of nouns) {
    await api.send(`/v1/${noun}`, shop[noun], (sent) =>
      progress({ state: 'running', sent: before + sent, total }),
    )
    before += shop[noun].length
  }
  progress({ state: later > 0 ? 'running' : 'done', sent: before, total })
}

interface Shown {
  items: {
    state: string
    upTo: string | null
    waiting: number
    streams: { name: string; done: number; trouble: string | null }[]
  }[]
}

async function connectionOf(api: RapportApi): Promise<Shown['items'][number] | undefined> {
  const shown = (await api.call('GET', '/v1/connections')) as Shown
  return shown.items[0]
}

export async function isConnected(api: RapportApi): Promise<boolean> {
  return (await connectionOf(api))?.state === 'connected'
}

/** Connects as an admin would: begins in Rapport, says yes at the help desk, and comes back. */
export async function connectZendesk(
  api: RapportApi,
  approve: (url: URL) => string | { body: unknown },
): Promise<void> {
  const { url } = (await api.call('POST', '/v1/connections/zendesk')) as { url: string }
  const back = approve(new URL(url))
  if (typeof back !== 'string') throw new Error(`not approved: ${JSON.stringify(back.body)}`)
  const answer = await fetch(back)
  if (!answer.ok) throw new Error(`the help desk could not be connected: ${answer.status}`)
}

/** Waits until everything that is in the help desk has come, telling how far it is. */
export async function followSync(
  api: RapportApi,
  { sent: before, total }: Pick<Seeding, 'sent' | 'total'>,
  progress: (seeding: Seeding) => void,
): Promise<void> {
  for (;;) {
    const connection = await connectionOf(api)
    const done = connection?.upTo != null && connection.waiting === 0
    const read = (connection?.streams ?? [])
      .filter(({ name }) => name === 'tickets' || name === 'events')
      .reduce((sum, one) => sum + one.done, 0)
    const sent = done ? total : Math.min(total, before + read)
    progress({ state: done ? 'done' : 'running', sent, total })
    if (done) return
    if (connection?.state === 'broken') throw new Error('the help desk is not connected any more')
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}

async function sendRates(api: RapportApi, rates: readonly ApiRate[]): Promise<void> {
  for (let start = 0; start < rates.length; start += 1_000) {
    await api.call('PUT', '/v1/rates', rates.slice(start, start + 1_000))
  }
}

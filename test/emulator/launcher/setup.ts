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

const nouns = ['customers', 'orders', 'refunds', 'tickets', 'messages', 'ratings'] as const

/** Gives the account the demo shop's settings and sends every record, telling how far it is. */
export async function seedDemo(
  api: RapportApi,
  world: World,
  records: Records,
  progress: (seeding: Seeding) => void,
): Promise<void> {
  const total = nouns.reduce((sum, noun) => sum + records[noun].length, 0)
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
    await api.send(`/v1/${noun}`, records[noun], (sent) =>
      progress({ state: 'running', sent: before + sent, total }),
    )
    before += records[noun].length
  }
  progress({ state: 'done', sent: total, total })
}

async function sendRates(api: RapportApi, rates: readonly ApiRate[]): Promise<void> {
  for (let start = 0; start < rates.length; start += 1_000) {
    await api.call('PUT', '/v1/rates', rates.slice(start, start + 1_000))
  }
}

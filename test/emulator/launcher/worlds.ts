import { existsSync } from 'node:fs'
import type { Records, World } from '../world.ts'

/** The demo shop as its module offers it. */
interface DemoModule {
  buildWorld: (now: Date) => World
  recordsOf: (world: World) => Records
}

/** Builds the demo shop, dated relative to `now`; null when the module is not there. */
export async function loadDemo(
  now: Date,
): Promise<{ world: World; records: () => Records } | null> {
  const place = new URL('../demo/build.ts', import.meta.url)
  if (!existsSync(place)) return null
  const demo: DemoModule = await import(place.href)
  const world = demo.buildWorld(now)
  return { world, records: () => demo.recordsOf(world) }
}

/** A desk with two agents and no tickets, for a start without the demo shop. */
export function emptyWorld(now: Date): World {
  return {
    today: now.toISOString().slice(0, 10),
    timeZone: 'UTC',
    currency: 'GBP',
    schedule: { from: '2000-01-01', timeZone: 'UTC', intervals: [], holidays: [] },
    agents: [
      {
        id: '1',
        name: 'Alex Reed',
        email: 'alex@fernway.example',
        role: 'admin',
        group: 'Support',
        locale: 'en-GB',
      },
      {
        id: '2',
        name: 'Sam Ortiz',
        email: 'sam@fernway.example',
        role: 'agent',
        group: 'Support',
        locale: 'en-GB',
      },
    ],
    groups: ['Support'],
    users: [],
    tickets: [],
    customers: [],
    orders: [],
    refunds: [],
    rates: [],
    personas: [],
  }
}

import type { World } from '../world.ts'

/** Builds the demo shop, dated relative to `now`; loaded only when it is wanted. */
export async function demoWorld(now: Date): Promise<World> {
  const { buildWorld } = await import('../demo/build.ts')
  return buildWorld(now)
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

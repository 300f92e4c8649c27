import { past, start } from '../zendesk-past.ts'
import { newDesk, type TestDesk } from './zendesk.ts'

export const minute = 60_000
export const day = 86_400_000

/** An order of a help-desk user. */
export const order = (id: string, of: number, total: number, at = start - 10 * day) => ({
  id,
  channel: 'web',
  customer: { id: `zendesk:${of}` },
  placedAt: new Date(at).toISOString(),
  status: 'paid',
  currency: 'GBP',
  total,
})

/** So many persons with a ticket each, everybody's orders of 10 to 10 n pounds, read and evaluated. */
export async function shopDesk(persons = 12, options: Parameters<typeof newDesk>[0] = {}) {
  const desk = await newDesk({ fill: past(persons, persons), ...options })
  await desk.connect()
  await desk.follow()
  const orders = Array.from({ length: persons }, (_, k) => order(`o${k}`, 100 + k, 1_000 * (k + 1)))
  await desk.json('PUT', '/v1/orders', { body: orders })
  desk.clock.now += minute
  await desk.work()
  return desk
}

/** Lets the clock run until nothing of the push is on its way; returns the minutes it took. */
export async function settled(desk: TestDesk, most = 30): Promise<number> {
  for (let turn = 1; turn <= most; turn += 1) {
    desk.clock.now += minute
    await desk.work()
    const { progress } = await desk.json<{ progress: Record<string, number | boolean> }>(
      'GET',
      '/v1/push',
    )
    if (!progress['preparing'] && progress['due'] === 0 && progress['sending'] === 0) return turn
  }
  throw new Error(`no rest: ${JSON.stringify(await desk.json('GET', '/v1/push'))}`)
}

/** Fields of a user at the help desk. */
export const fieldsOf = ({ zendesk }: TestDesk, id: number) =>
  zendesk.users.get(id)?.row.user_fields ?? {}
/** Times that many users were written to at once. */
export const writes = (desk: TestDesk) =>
  desk.asked.filter((one) => one === 'PUT /api/v2/users/update_many.json').length

interface Ledger {
  items: {
    target: string
    changes: Record<string, unknown>
    because: Record<string, { why: string }>
    cause: string
    outcome: string
  }[]
}
export const ledger = (desk: TestDesk, query = '?limit=200') =>
  desk.json<Ledger>('GET', `/v1/push/ledger${query}`)

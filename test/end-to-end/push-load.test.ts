import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { type Rapport, startRapport } from '../emulator/launcher/rapport.ts'
import { troubled } from '../emulator/zendesk/faults.ts'
import { past, start } from '../support/zendesk-past.ts'
import { tell } from '../support/tell.ts'

const folder = mkdtempSync(join(tmpdir(), 'rapport-push-'))
let running: Rapport | null = null

afterAll(async () => {
  await running?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const persons = 10_000
/** Users who are deleted after they were read. */
const deleted = new Set(Array.from({ length: 20 }, (_, k) => 100 + k * 400))

interface Push {
  progress: { preparing: boolean; due: number; sending: number; troubled: number; done: number }
}
interface Write {
  target: string
  changes: Record<string, unknown>
  because: Record<string, object>
  cause: string
  outcome: string
}

test('ten thousand users come to hold what they should, though nothing goes smoothly', async () => {
  const faults = troubled(20)
  let rough = false
  let answers = 0
  let lost = 0
  const rapport = await startRapport({
    state: folder,
    now: new Date(start).toISOString(),
    keyLimit: 1_000_000,
    desk: {
      fill: past(persons, persons),
      plan: { requests: 20_000, exports: 2_000 },
      faults: (request) => (rough ? faults(request) : null),
      // Carried out, but the answer never comes.
      lost: (request) => {
        answers += 1
        const is = rough && request.method === 'PUT' && answers % 9 === 0
        if (is) lost += 1
        return is
      },
    },
  })
  running = rapport
  await rapport.seeded
  const call = async <T>(method: 'GET' | 'PUT', path: string, body?: unknown): Promise<T> => {
    for (;;) {
      try {
        return (await rapport.api.call(method, path, body)) as T
      } catch {
        await setTimeout(500)
      }
    }
  }
  const { account, asked } = rapport.zendesk
  const { jobs } = account
  // Orders of 10 to 100,000 pounds: the best tenth are VIPs.
  const orders = Array.from({ length: persons }, (_, k) => ({
    id: `o${k}`,
    channel: 'web',
    customer: { id: `zendesk:${100 + k}` },
    placedAt: new Date(start - 10 * 86_400_000).toISOString(),
    status: 'paid',
    currency: 'GBP',
    total: 1_000 * (k + 1),
  }))
  const shown = async () =>
    await call<{ items: { upTo: string | null }[] }>('GET', '/v1/connections')
  while ((await shown()).items[0]?.upTo == null) await setTimeout(500)
  for (let at = 0; at < persons; at += 2_000) {
    await call('PUT', '/v1/orders', orders.slice(at, at + 2_000))
  }
  interface Status {
    stale: number
    jobs: { state: string }[]
  }
  for (;;) {
    const { stale, jobs: list } = await call<Status>('GET', '/v1/status')
    if (stale === 0 && list.every(({ state }) => state === 'idle')) break
    await setTimeout(500)
  }
  // Every row that a job carries out is counted; every hundredth is refused.
  const carried = new Map<string, number>()
  let rows = 0
  const { add } = jobs
  jobs.add = (type, count, run) =>
    add(type, count, (index) => {
      rows += 1
      if (rough && rows % 100 === 0)
        return { index, error: 'UserUpdateFailed', details: 'Conflict' }
      const result = run(index)
      if ('id' in result) carried.set(String(result.id), (carried.get(String(result.id)) ?? 0) + 1)
      return result
    })
  for (const id of deleted) account.users.delete(id)
  const begun = Date.now()
  rough = true
  await call('PUT', '/v1/push', {
    on: true,
    fields: ['orders', 'orderValue', 'segments'],
    checkboxes: ['vip'],
  })
  const many = () => asked.get('/api/v2/users/update_many.json') ?? 0
  const edited = new Set<number>()
  let kills = 0
  let turn = 0
  for (;;) {
    // Agents change fields of ours while they are written.
    for (let k = 0; k < 5; k += 1) {
      const id = 100 + ((turn * 7_919 + k * 104_729) % persons)
      if (edited.size < 300 && !deleted.has(id)) {
        account.editUser(id, { rapport_orders: 7_000 + turn, rapport_is_vip: turn % 2 === 0 })
        edited.add(id)
      }
    }
    turn += 1
    if ((kills === 0 && jobs.made > 30) || (kills === 1 && jobs.made > 70)) {
      process.kill(rapport.workerdPid(), 'SIGKILL')
      kills += 1
    }
    const { progress } = await call<Push>('GET', '/v1/push')
    const { preparing, due, sending } = progress
    if (!preparing && due === 0 && sending === 0 && edited.size >= 300 && kills === 2) break
    await setTimeout(300)
  }
  const seconds = Math.round((Date.now() - begun) / 1_000)
  // What agents changed last is exported after a minute.
  const wrong = () =>
    [...account.users.values()].filter(({ row }) => {
      const k = row.id - 100
      if (k < 0) return false
      const fields = row.user_fields
      return (
        fields['rapport_orders'] !== 1 ||
        fields['rapport_order_value'] !== 10 * (k + 1) ||
        (fields['rapport_is_vip'] === true) !== k >= persons * 0.9 ||
        fields['rapport_segments'] !== (k >= persons * 0.9 ? 'new_customer, vip' : 'new_customer')
      )
    }).length
  for (let waited = 0; wrong() > 0 && waited < 240; waited += 1) await setTimeout(1_000)
  expect(wrong()).toBe(0)
  const quiet = async () => {
    const { progress } = await call<Push>('GET', '/v1/push')
    return progress.due === 0 && progress.sending === 0
  }
  while (!(await quiet())) await setTimeout(500)
  rough = false
  const before = many()
  const rowsBefore = rows
  await call('PUT', '/v1/push', {
    on: true,
    fields: ['orders', 'orderValue', 'segments'],
    checkboxes: ['vip'],
  })
  await setTimeout(8_000)
  while (!(await quiet())) await setTimeout(500)
  expect([many() - before, rows - rowsBefore]).toEqual([0, 0])
  // Every row that was carried out stands in the ledger, with a reason for each field.
  const writes: Write[] = []
  let next: string | null = ''
  while (next !== null) {
    const after: string = next === '' ? '' : `&after=${next}`
    const page: { items: Write[]; next: string | null } = await call(
      'GET',
      `/v1/push/ledger?limit=200${after}`,
    )
    writes.push(...page.items)
    next = page.next
  }
  const told = new Map<string, number>()
  for (const { target } of writes) told.set(target, (told.get(target) ?? 0) + 1)
  const unexplained = [...carried].filter(([id, count]) => (told.get(id) ?? 0) < count)
  expect(unexplained).toEqual([])
  const reasonless = writes.filter(({ changes, because }) =>
    Object.keys(changes).some((key) => !because[key]),
  )
  expect(reasonless).toEqual([])
  const { progress } = await call<Push>('GET', '/v1/push')
  expect(progress).toMatchObject({ troubled: deleted.size, done: persons - deleted.size })
  expect(jobs.crowd).toBeLessThanOrEqual(30)
  const count = (by: (write: Write) => string) =>
    JSON.stringify(Object.fromEntries([...Map.groupBy(writes, by)].map(([k, v]) => [k, v.length])))
  tell(
    [
      `${persons} users in ${seconds} s: ${jobs.made} jobs, ${rows} rows carried out`,
      `${faults.count()} injected failures, ${lost} answers lost, ${kills} kills, ${edited.size} edits by agents`,
      `jobs at once ${jobs.crowd}, refused for too many ${jobs.refused}, users deleted meanwhile ${deleted.size}`,
      `final state wrong for 0 users; second run: 0 calls`,
      `ledger: ${writes.length} writes, by outcome ${count((one) => one.outcome)}, by cause ${count((one) => one.cause)}`,
      `rows carried out that the ledger does not explain: ${unexplained.length}`,
    ].join('\n'),
  )
}, 1_500_000)

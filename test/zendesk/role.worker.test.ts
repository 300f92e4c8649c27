import { expect, test } from 'vitest'
import { roleNow } from '../../worker/zendesk/role.ts'
import { newDesk, type TestDesk } from '../support/worker/zendesk.ts'

async function ask(desk: TestDesk, id: string, checkedAt: number) {
  return roleNow(desk.db(), await desk.account(), desk.means, { id, checkedAt })
}

test('a role is looked up in the help desk once it is a quarter of an hour old', async () => {
  const desk = await newDesk()
  await desk.connect()
  expect(await ask(desk, '1', desk.clock.now - 899_999)).toBeNull()
  expect(await ask(desk, '1', desk.clock.now - 900_000)).toEqual({
    id: '1',
    name: 'Ada Moss',
    role: 'admin',
  })
  const row = desk.zendesk.users.get(1)?.row
  if (row !== undefined) row.role = 'agent'
  expect(await ask(desk, '1', 0)).toMatchObject({ role: 'agent' })
})

test('a user of the help desk who is no admin is an agent at most', async () => {
  const desk = await newDesk()
  await desk.connect()
  expect(await ask(desk, '2', 0)).toMatchObject({ role: 'agent' })
  expect(await ask(desk, '77', 0)).toBeNull()
})

test('nothing is said while the help desk does not answer or is not connected', async () => {
  const down = await newDesk({ faults: () => (broken ? { status: 503, body: '' } : null) })
  let broken = false
  await down.connect()
  broken = true
  expect(await ask(down, '1', 0)).toBeNull()
  const apart = await newDesk()
  expect(await ask(apart, '1', 0)).toBeNull()
})

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { starters, userFields } from '../../worker/push/catalog.ts'
import { fieldOfStarter, starterTrigger } from '../../worker/push/starter.ts'
import { openAccount } from '../emulator/zendesk/account.ts'
import { makeUserField } from '../emulator/zendesk/fields.ts'
import { makeTrigger } from '../emulator/zendesk/triggers.ts'

interface Requirements {
  user_fields: Record<string, { key: string; type: string; title: string }>
  triggers: Record<string, { active: boolean }>
}
const path = join(import.meta.dirname, '../../requirements.json')
const requirements: Requirements = JSON.parse(readFileSync(path, 'utf8'))

test('the package brings the fields that its triggers name', () => {
  const keys = Object.values(requirements.user_fields).map(({ key }) => key)
  expect(keys.toSorted()).toEqual([...new Set(Object.values(fieldOfStarter))].toSorted())
  const own = new Map<string, string>(
    Object.values(userFields).map((field) => [field.key, `${field.title} ${field.type}`]),
  )
  for (const [name, { key, title, type }] of Object.entries(requirements.user_fields)) {
    expect([name, type]).toEqual([key, 'checkbox'])
    expect(own.get(key) ?? `${title} ${type}`).toBe(`${title} ${type}`)
  }
})

test('its triggers are the starter kit’s, switched off and without a webhook', () => {
  expect(Object.keys(requirements.triggers)).toEqual([...starters])
  for (const name of starters) {
    const trigger = starterTrigger(name, { webhook: null, group: null })
    expect(requirements.triggers[name]).toEqual({ ...trigger, active: false })
  }
})

test('the help desk takes them', () => {
  const account = openAccount(() => 0)
  const statuses = [
    ...Object.values(requirements.user_fields).map((field) =>
      makeUserField(account, { user_field: field }),
    ),
    ...Object.values(requirements.triggers).map((trigger) => makeTrigger(account, { trigger })),
  ].map(({ status }) => status)
  expect(new Set(statuses)).toEqual(new Set([201]))
})

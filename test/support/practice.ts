import type { RapportApi } from '../emulator/launcher/api.ts'
import { apply, openChanges } from '../emulator/practice/changes.ts'
import { openPractice } from '../emulator/practice/practice.ts'
import type { World } from '../emulator/world.ts'
import { openZendesk } from '../emulator/zendesk/desk.ts'
import { mirrorOf } from '../emulator/zendesk/fill.ts'

/** The practice desk and its help desk on a folder, without a Rapport behind them. */
export function openPracticeOn(world: World, state: string, now: () => Date, api: RapportApi) {
  const changes = openChanges(state)
  for (const change of changes.earlier) apply(world, change)
  const zendesk = openZendesk({ world, now, state, send: async () => 204 })
  const mirror = mirrorOf(zendesk.account, world)
  return { practice: openPractice({ world, changes, api, mirror, now }), zendesk }
}

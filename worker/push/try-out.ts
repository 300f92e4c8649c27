import type { z } from 'zod'
import { readCard } from '../cards/show.ts'
import { selectCards } from '../cards/store.ts'
import type { AppContext } from '../http.ts'
import { eachFacts } from '../lines.ts'
import type { Day } from '../time.ts'
import { type ActionRow, selectActions } from './action-store.ts'
import { type Asked, lastWeek } from './last-week.ts'
import { personOn } from './person.ts'
import { dayOf, type Planner } from './plan.ts'
import { previewPush } from './preview.ts'
import type { pushSettings } from './settings.ts'
import { atRisk } from './starter.ts'
import { findState, freshState } from './store.ts'
import { keptFields } from './wanted.ts'

/** What acting on lists has put on customers. */
export async function actionsOf(c: AppContext): Promise<ActionRow[]> {
  return await c.get('db').all<ActionRow>(selectActions(c.get('account').id))
}

/** What the settings would write, and what the triggers would have touched in the last week. */
export async function preview(c: AppContext, settings: z.output<typeof pushSettings>) {
  const [db, account, now] = [c.get('db'), c.get('account'), c.get('now')]
  const state = { ...((await findState(db, account.id)) ?? freshState()), settings }
  const actions = await actionsOf(c)
  const kept = keptFields(
    settings,
    actions.map(({ name, type }) => [name, type] as const),
  )
  const planner: Planner = { db, account, now, state, kept }
  const on = await dayOf(planner)
  const asked = { vip: new Set<number>(), negative: new Set<number>(), at_risk: new Set<number>() }
  const found = await previewPush(planner, on, ({ id, card: text }) => {
    const card = readCard(text)
    if (card === null) return
    const { segments, mood } = personOn(card, {}, on)
    if (segments.some(({ key }) => key === 'vip')) asked.vip.add(id)
    if (segments.some(({ key }) => key === atRisk)) asked.at_risk.add(id)
    if (mood === 'negative') asked.negative.add(id)
  })
  const ids = found.samples.map(({ customer }) => customer)
  const [cards] = await db.batch([selectCards(account.id, ids)])
  const names = new Map(
    (cards?.rows ?? []).map((row) => [Number(row['id']), readCard(String(row['card']))?.name]),
  )
  const samples = found.samples.map((one) => ({ ...one, name: names.get(one.customer) ?? null }))
  return { ...found, samples, lastWeek: await touched(c, on.today, asked) }
}

/** Tickets of the last week that each trigger would have touched. */
async function touched(c: AppContext, today: Day, asked: Asked) {
  const week = lastWeek(today, asked)
  const besides = ['surveys', 'surveys.ticket', 'tickets', 'tickets.id'] as const
  await eachFacts(
    c.get('db'),
    c.get('account'),
    [],
    (facts, skip) => week.add(facts, skip),
    besides,
  )
  return week.finish()
}

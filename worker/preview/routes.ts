import { Hono } from 'hono'
import { z } from 'zod'
import { needs } from '../auth/access.ts'
import { readCard } from '../cards/show.ts'
import { selectCards } from '../cards/store.ts'
import { AppError } from '../errors.ts'
import type { AppContext, AppEnv } from '../http.ts'
import { valid } from '../http.ts'
import { splitBy } from '../instances/split.ts'
import { computeLines, eachFacts, linesNow } from '../lines.ts'
import type { SegmentDefinition } from '../segments/definition.ts'
import { lintRule } from '../segments/lint.ts'
import { membersOn } from '../segments/members.ts'
import { listSegments } from '../segments/store.ts'
import { rhythmOf, templatesFor } from '../segments/templates.ts'
import { checkReferences, ruleSchema } from '../segments/validate.ts'
import { dayCounter } from '../time.ts'
import { previewOn } from './preview.ts'

const draftBody = z.strictObject({
  /** The segment that is edited; absent for a new one. */
  key: z.string().min(1).max(64).optional(),
  rule: ruleSchema,
  basis: z.string().min(1).max(100).nullable().default(null),
})
type Draft = z.output<typeof draftBody>

/** Key of a draft that is no segment yet; no saved key starts like this. */
const draftKey = '-draft'
const samples = 10

function draftOf(segments: readonly SegmentDefinition[], draft: Draft) {
  const saved = segments.find((one) => one.key === draft.key)
  if (draft.key !== undefined && saved === undefined) {
    throw new AppError('not_found', `key: there is no segment "${draft.key}".`)
  }
  const key = saved?.key ?? draftKey
  const errors = checkReferences(key, draft.rule, segments)
  if (errors.length > 0) {
    const detail = `rule.${errors[0]?.path}: ${errors[0]?.message}`
    throw new AppError('invalid', detail, { errors })
  }
  const next: SegmentDefinition = {
    key,
    name: saved?.name ?? null,
    rule: draft.rule,
    basis: draft.basis,
    group: saved?.group ?? null,
    version: (saved?.version ?? 0) + 1,
    isDefault: false,
  }
  return { saved, next, others: segments.filter((one) => one.key !== key) }
}

async function named(c: AppContext, persons: readonly number[]) {
  const rows = await c
    .get('db')
    .all<{ id: number; card: string }>(selectCards(c.get('account').id, persons))
  const names = new Map(rows.map((row) => [row.id, readCard(row.card)?.name ?? null]))
  return persons.map((id) => ({ id, name: names.get(id) ?? null }))
}

export const previews = new Hono<AppEnv>()
  .post(
    '/v1/segments/preview',
    needs('read', 'What saving a rule would do: who joins, who leaves, size by instance, hints'),
    valid('json', draftBody),
    async (c) => {
      const draft = c.req.valid('json')
      const db = c.get('db')
      const account = c.get('account')
      const today = dayCounter(account.timeZone)(c.get('now'))
      const segments = await listSegments(db, account.id)
      const { saved, next, others } = draftOf(segments, draft)
      const drafted = [...others, next]
      const lines = await computeLines(db, account, drafted)
      const before =
        saved === undefined ? null : { segments, lines: await linesNow(db, account, segments) }
      const preview = previewOn(next.key, today, { segments: drafted, lines }, before, samples)
      const { basis } = draft
      const byValue = basis === null ? null : membersOn(drafted, next.key, today, lines)
      await eachFacts(db, account, [...drafted, ...segments], (facts, skip) => {
        preview.add(facts, skip)
        if (basis !== null) byValue?.add(splitBy(facts, basis), skip)
      })
      const found = preview.finish()
      const counts = new Map<string, number>()
      for (const value of byValue?.finish().values ?? []) {
        const name = String(value ?? '(none)')
        counts.set(name, (counts.get(name) ?? 0) + 1)
      }
      return c.json(
        {
          ...found,
          joiners: await named(c, found.joiners),
          leavers: await named(c, found.leavers),
          instances: [...counts]
            .map(([value, customers]) => ({ value, customers }))
            .toSorted((a, b) => b.customers - a.customers || (a.value < b.value ? -1 : 1)),
          hints: lintRule(draft.rule, others),
        },
        200,
      )
    },
  )
  .get(
    '/v1/segment-templates',
    needs('read', 'Ready-made segments, with limits from the days between this shop’s purchases'),
    async (c) => {
      const account = c.get('account')
      const rhythm = rhythmOf()
      await eachFacts(c.get('db'), account, [], (facts, skip) => rhythm.add(facts, skip))
      const found = rhythm.finish()
      const items = templatesFor(found)
      return c.json({ items, next: null, total: items.length, rhythm: found }, 200)
    },
  )

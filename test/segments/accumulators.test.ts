import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { derivation, derive } from '../../worker/customers/derive.ts'
import { factsOf } from '../../worker/customers/facts.ts'
import { presentSegments } from '../../worker/customers/present.ts'
import { splitBy } from '../../worker/instances/split.ts'
import { instancesOn } from '../../worker/instances/totals.ts'
import { totalsOn } from '../../worker/orders/totals.ts'
import { historyOf } from '../../worker/segments/history.ts'
import { lineOn } from '../../worker/segments/line.ts'
import { membersOn } from '../../worker/segments/members.ts'
import { linesOf } from '../../worker/segments/rank.ts'
import type { SegmentRule } from '../../worker/segments/rule.ts'
import {
  DAYS,
  factsOfWorld,
  FIRST_DAY,
  rowsOf,
  rules,
  settingsOf,
  worlds,
} from '../support/worlds.ts'

const SEED = 77
const base: SegmentRule = {
  key: 'base',
  rule: { any: [{ fact: 'orders.count', within: { days: 30 }, op: '>=', value: 1 }] },
}
const segmentLists = fc
  .array(rules, { minLength: 3, maxLength: 3 })
  .map((list): SegmentRule[] => [base, ...list.map((rule, k) => ({ key: `s${k}`, rule }))])

/** The world's facts in ranges of five persons. */
function rangesOf(world: Parameters<typeof factsOfWorld>[0]) {
  const rows = rowsOf(world)
  const ids = world.persons.map(({ id }) => id)
  return [ids.slice(0, 5), ids.slice(5, 10), ids.slice(10)].map((part) =>
    factsOf(rows, settingsOf(world), part),
  )
}

test('lines, members, histories and instances are the same in one range or several', () => {
  fc.assert(
    fc.property(worlds(12), segmentLists, (world, segments) => {
      const answers = [[factsOfWorld(world)], rangesOf(world)].map((ranges) => {
        const lines = linesOf(segments, () => ranges)
        const history = historyOf(segments, ['s0', 's1'], FIRST_DAY, FIRST_DAY + DAYS, {
          lines,
          withValue: true,
        })
        const members = membersOn(segments, 's2', FIRST_DAY + 60, lines)
        const instances = instancesOn('country', FIRST_DAY + 60)
        for (const facts of ranges) {
          history.add(facts)
          members.add(facts)
          instances.add(facts)
        }
        const { overlaps, ...rest } = instances.finish()
        const pairs = overlaps.map(({ a, b, customers }) => [
          [a, b].map(String).toSorted().join(),
          customers,
        ])
        return [
          [...lines],
          [...history.finish()],
          members.finish(),
          rest,
          pairs.toSorted((x, y) => (String(x) < String(y) ? -1 : 1)),
        ]
      })
      expect(answers[1]).toEqual(answers[0])
    }),
    { seed: SEED, numRuns: 40 },
  )
})

test('a history says on each day what asking for that day says', () => {
  fc.assert(
    fc.property(worlds(12), segmentLists, fc.boolean(), (world, segments, instances) => {
      const persons = factsOfWorld(world)
      const facts = instances ? splitBy(persons, 'country') : persons
      const lines = linesOf(segments, () => [facts])
      const options = { lines, withValue: true, ...(instances && { only: 'DE' }) }
      const from = FIRST_DAY + 20
      const history = historyOf(segments, ['s0'], from, from + 60, options)
      history.add(facts)
      const found = history.finish().get('s0')
      const only = instances ? 'DE' : undefined
      const membersOf = (day: number) => {
        const collect = membersOn(segments, 's0', day, lines, only)
        collect.add(facts)
        return new Set(collect.finish().persons)
      }
      for (let day = from; day <= from + 60; day += 1) {
        const before = membersOf(day - 1)
        const members = membersOf(day)
        const totals = [...facts.persons.keys()]
          .filter(
            (i) =>
              members.has(facts.persons[i] ?? 0) &&
              (!instances || facts.split?.words[facts.split.value[i] ?? -1] === 'DE'),
          )
          .map((i) => totalsOn(facts, i, day))
          .filter(({ orders }) => orders > 0)
        expect({
          size: found?.size[day - from],
          joined: found?.joined[day - from],
          left: found?.left[day - from],
          buyers: found?.buyers[day - from],
          repeat: found?.repeatBuyers[day - from],
          value: found?.value[day - from],
        }).toEqual({
          size: members.size,
          joined: members.difference(before).size,
          left: before.difference(members).size,
          buyers: totals.length,
          repeat: totals.filter(({ orders }) => orders > 1).length,
          value: totals.reduce((sum, { value }) => sum + value, 0),
        })
      }
    }),
    { seed: SEED, numRuns: 60 },
  )
})

test('a stored card shows on every later day what a fresh evaluation with that day’s lines says', () => {
  let shown = 0
  fc.assert(
    fc.property(worlds(12), segmentLists, (world, segments) => {
      const facts = factsOfWorld(world)
      const lines = linesOf(segments, () => [facts])
      const today = FIRST_DAY + DAYS
      const prepared = derivation(facts, segments, lines, today)
      for (let i = 0; i < facts.persons.length; i += 1) {
        const card = derive(prepared, i)
        // A card keeps three stretches; persons who have more to come are left out.
        if (card.segments.some(({ spans }) => spans.length >= 3)) continue
        for (let later = today; later < today + 100; later += 7) {
          const todays = Object.fromEntries(
            [...lines].map(([key, steps]) => [key, lineOn(steps, later)]),
          )
          const keys = presentSegments(card.segments, card.events, {
            today: later,
            lines: todays,
            nameOf: (key) => key,
          }).map(({ key }) => key)
          const members = segments.filter(({ key }) => {
            const collect = membersOn(segments, key, later, lines)
            collect.add(facts)
            return collect.finish().persons.includes(facts.persons[i] ?? 0)
          })
          expect(keys).toEqual(members.map(({ key }) => key))
          shown += keys.length
        }
      }
    }),
    { seed: SEED, numRuns: 8 },
  )
  expect(shown).toBeGreaterThan(100)
})

import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Reason } from '../../worker/customers/card.ts'
import type { Facts } from '../../worker/customers/facts.ts'
import { splitBy } from '../../worker/instances/split.ts'
import { because } from '../../worker/segments/because.ts'
import { compile } from '../../worker/segments/compile.ts'
import { evaluate } from '../../worker/segments/membership.ts'
import { linesOf } from '../../worker/segments/rank.ts'
import type { Rule, SegmentRule } from '../../worker/segments/rule.ts'
import { findInterval, listIntervals } from '../../worker/timeline/intervals.ts'
import {
  Oracle,
  type OracleCondition,
  type OracleInstance,
  type OraclePerson,
} from '../support/oracle.ts'
import { DAYS, factsOfWorld, FIRST_DAY, rules, worlds } from '../support/worlds.ts'

const PERSONS = 12
const RULES = 10
/** Rules × timelines; RAPPORT_ORACLE_CASES raises it. */
const CASES = Number(process.env['RAPPORT_ORACLE_CASES'] ?? 10_000)
const SEED = Number(process.env['RAPPORT_ORACLE_SEED'] ?? 20_240_229)
const say = (text: string) => process.stdout.write(`${text}\n`)
/** Until every window has run out. */
const LAST_DAY = FIRST_DAY + DAYS + 95

const base: SegmentRule = {
  key: 'base',
  rule: { any: [{ fact: 'orders.count', within: { days: 30 }, op: '>=', value: 1 }] },
}

const dayText = (day: unknown) => new Date(Number(day) * 86_400_000).toISOString().slice(0, 10)

interface Difference {
  rule: unknown
  person: number
  day: number
  engine: unknown
  oracle: unknown
}

function segmentsOf(list: readonly Rule[]): SegmentRule[] {
  return [base, ...list.map((rule, k) => ({ key: `s${k}`, rule }))]
}

function oracleOf(world: ConstructorParameters<typeof Oracle>[0], segments: SegmentRule[]) {
  return new Oracle(world, Object.fromEntries(segments.map(({ key, rule }) => [key, rule])))
}

/** Compares membership on every day, and the reasons on some days, of every entry. */
function compare(
  facts: Facts,
  segments: SegmentRule[],
  oracle: Oracle,
  instanceOf: (i: number) => OracleInstance | undefined,
): { days: number; reasons: number; difference: Difference | null } {
  const lines = linesOf(segments, () => [facts])
  const compiled = compile(segments, facts, lines)
  let days = 0
  let reasons = 0
  for (let i = 0; i < facts.persons.length; i += 1) {
    const person = oracle.world.persons.find(({ id }) => id === facts.persons[i])
    if (person === undefined) throw new Error('every person of the facts is in the world')
    const instance = instanceOf(i)
    for (let s = 1; s < segments.length; s += 1) {
      const rule = segments[s]?.rule
      const key = segments[s]?.key ?? ''
      const intervals = evaluate(compiled, s, i)
      const listed = listIntervals(intervals)
      for (let day = FIRST_DAY - 2; day < LAST_DAY; day += 1) {
        days += 1
        const engine = findInterval(evaluate(compiled, s, i), day) >= 0
        const truth = oracle.member(key, person, day, instance)
        if (engine !== truth) {
          return {
            days,
            reasons,
            difference: { rule, person: person.id, day, engine: { engine, listed }, oracle: truth },
          }
        }
        if (!engine || (day + i + s) % 23 !== 0) continue
        for (const reason of because(compiled, s, i, day)) {
          reasons += 1
          const oracleSays = check(reason, rule, person, day, oracle, instance)
          if (oracleSays !== null) {
            return {
              days,
              reasons,
              difference: { rule, person: person.id, day, engine: reason, oracle: oracleSays },
            }
          }
        }
      }
    }
  }
  return { days, reasons, difference: null }
}

/** A reason's condition as the oracle reads it: bare JSON, without what is undefined. */
function oracleCondition(part: object): OracleCondition {
  return JSON.parse(JSON.stringify(part)) as OracleCondition
}

/** What the oracle has against a reason; null when it agrees that it holds and with what it shows. */
function check(
  reason: Reason,
  rule: unknown,
  person: OraclePerson,
  day: number,
  oracle: Oracle,
  instance: OracleInstance | undefined,
): unknown {
  const { actual, line, not, fact, where, within, op, value, rank } = reason
  const condition = oracleCondition({ fact, where, within, op, value, rank })
  const shown = actual === null ? [] : Array.isArray(actual) ? actual : [actual]
  let against: unknown = 'no such condition'
  for (const asked of condition.rank === undefined ? [condition] : ranksLike(rule, condition)) {
    const values =
      asked.rank === undefined
        ? oracle.values(person, asked, day, instance)
        : [oracle.ranked(person, asked, day, instance)]
    const isDay = asked.fact === 'person.createdAt' || asked.fact?.endsWith('.day') === true
    const expected = [...new Set(values.filter((one) => one !== undefined))].map((one) =>
      isDay ? dayText(one) : one,
    )
    if (oracle.holds(asked, person, day, instance) === (not === true)) {
      against = 'the reason does not hold'
    } else if (JSON.stringify(shown.toSorted()) !== JSON.stringify(expected.toSorted())) {
      against = expected
    } else if (line !== undefined && line.value !== oracle.line(asked, day, instance).value) {
      against = oracle.line(asked, day, instance)
    } else {
      return null
    }
  }
  return against
}

/** The rank conditions of a rule that ask the same as a reason, each with its `among`. */
function ranksLike(
  rule: unknown,
  { fact, rank, where, within }: OracleCondition,
): OracleCondition[] {
  const text = JSON.stringify([fact, rank?.top, rank?.unit, where, within])
  const visit = (part: OracleCondition): OracleCondition[] =>
    part.rank === undefined
      ? (part.all ?? part.any ?? part.none ?? []).flatMap(visit)
      : JSON.stringify([part.fact, part.rank.top, part.rank.unit, part.where, part.within]) === text
        ? [part]
        : []
  return visit(oracleCondition({ all: [rule] }))
}

// Room for busy machines and for raised counts.
describe('the engine and the oracle', { timeout: 60_000 + CASES * 20 }, () => {
  test('agree on every day of random rules and timelines, reasons included', () => {
    let days = 0
    let reasons = 0
    let cases = 0
    fc.assert(
      fc.property(
        worlds(PERSONS),
        fc.array(rules, { minLength: RULES, maxLength: RULES }),
        (world, list) => {
          const segments = segmentsOf(list)
          const done = compare(
            factsOfWorld(world),
            segments,
            oracleOf(world, segments),
            () => undefined,
          )
          days += done.days
          reasons += done.reasons
          cases += PERSONS * RULES
          expect(done.difference).toBeNull()
        },
      ),
      { seed: SEED, numRuns: Math.ceil(CASES / (PERSONS * RULES)) },
    )
    say(`oracle: seed ${SEED}, ${cases} rules × timelines, ${days} days, ${reasons} reasons`)
    expect(cases).toBeGreaterThanOrEqual(CASES)
  })

  test('agree on the instances of a property with several values', () => {
    let cases = 0
    fc.assert(
      fc.property(
        worlds(PERSONS),
        fc.array(rules, { minLength: 2, maxLength: 2 }),
        (world, list) => {
          const segments = segmentsOf(list)
          const facts = splitBy(factsOfWorld(world), 'country')
          const done = compare(facts, segments, oracleOf(world, segments), (i) => ({
            property: 'country',
            value: facts.split?.words[facts.split.value[i] ?? -1] ?? null,
          }))
          cases += facts.persons.length * 2
          expect(done.difference).toBeNull()
        },
      ),
      { seed: SEED, numRuns: Math.ceil(CASES / 250) },
    )
    say(`oracle: seed ${SEED}, ${cases} rules × instances`)
    expect(cases).toBeGreaterThan(0)
  })
})

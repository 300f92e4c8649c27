import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Facts } from '../../worker/customers/facts.ts'
import { splitBy } from '../../worker/instances/split.ts'
import { because } from '../../worker/segments/because.ts'
import { compile } from '../../worker/segments/compile.ts'
import { evaluate } from '../../worker/segments/membership.ts'
import { linesOf } from '../../worker/segments/rank.ts'
import type { Rule, SegmentRule } from '../../worker/segments/rule.ts'
import { findInterval, listIntervals } from '../../worker/timeline/intervals.ts'
import { Oracle, type OracleCondition, type OracleInstance } from '../support/oracle.ts'
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
          const { actual, not = false, line, events: _, ...condition } = reason
          const wanted: OracleCondition = condition
          const found = rankInside(rule, condition) ?? wanted
          if (oracle.holds(found, person, day, instance) === not) {
            return {
              days,
              reasons,
              difference: {
                rule,
                person: person.id,
                day,
                engine: reason,
                oracle: 'the reason does not hold',
              },
            }
          }
          const values =
            found.rank === undefined
              ? oracle.values(person, found, day, instance)
              : [oracle.ranked(person, found, day, instance)]
          const shown = actual === null ? [] : Array.isArray(actual) ? actual : [actual]
          const isDay = found.fact === 'person.createdAt' || found.fact?.endsWith('.day') === true
          const expected = [...new Set(values.filter((one) => one !== undefined))].map((one) =>
            isDay ? dayText(one) : one,
          )
          if (JSON.stringify(shown.toSorted()) !== JSON.stringify(expected.toSorted())) {
            return {
              days,
              reasons,
              difference: { rule, person: person.id, day, engine: reason, oracle: expected },
            }
          }
          if (line !== undefined && line.value !== oracle.line(found, day, instance).value) {
            return {
              days,
              reasons,
              difference: {
                rule,
                person: person.id,
                day,
                engine: reason,
                oracle: oracle.line(found, day, instance),
              },
            }
          }
        }
      }
    }
  }
  return { days, reasons, difference: null }
}

/** The rank condition of a rule that a reason speaks of, with its `among`. */
function rankInside(rule: unknown, reason: object): OracleCondition | undefined {
  if (!('rank' in reason)) return undefined
  const text = JSON.stringify(reason, Object.keys(reason).toSorted())
  const visit = (part: OracleCondition): OracleCondition | undefined => {
    if (part.rank !== undefined) {
      const { among: _, ...own } = part
      const same = JSON.stringify(own, Object.keys(own).toSorted()) === text
      return same ? part : undefined
    }
    for (const one of part.all ?? part.any ?? part.none ?? []) {
      const found = visit(one)
      if (found !== undefined) return found
    }
    return undefined
  }
  return visit(rule as OracleCondition)
}

describe('the engine and the oracle', () => {
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

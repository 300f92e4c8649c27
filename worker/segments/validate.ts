import { z } from 'zod'
import type { FieldError } from '../errors.ts'
import { parseDay } from '../time.ts'
import { isObject } from '../timeline/rows.ts'
import {
  type FactEntry,
  type FactKind,
  facts,
  filters,
  limits,
  openFacts,
  operators,
  operatorsOf,
  rankUnits,
} from './catalog.ts'
import type { Rule, SegmentRule } from './rule.ts'

/** The entry of a fact, open names included; null when there is none. */
export function factEntry(fact: string): FactEntry | null {
  const known = facts.find((one) => one.fact === fact)
  if (known !== undefined) return known
  const open = openFacts.find(({ prefix }) => fact.startsWith(prefix) && fact !== prefix)
  if (open === undefined) return null
  if (open.prefix === 'trait.') return { fact, kind: 'open', ranked: true }
  const name = fact.slice(open.prefix.length)
  const kind: FactKind = name === 'day' ? 'day' : name === 'total' ? 'money' : 'open'
  return { fact, kind, events: 'order' }
}

const LIST_LIMIT = 100
const WINDOW_LIMIT = { days: 36_500, months: 1200 } as const

interface Check {
  errors: FieldError[]
  conditions: number
}

function fail(check: Check, path: string, message: string): void {
  check.errors.push({ path, message })
}

const under = (path: string, name: string) => (path === '' ? name : `${path}.${name}`)

function checkKeys(check: Check, value: object, path: string, allowed: readonly string[]): void {
  for (const key of Object.keys(value)) {
    if (!allowed.includes(key)) fail(check, under(path, key), `is not known here`)
  }
}

const groupKinds = ['all', 'any', 'none'] as const

function checkPart(check: Check, part: unknown, path: string, depth: number, groupOnly: boolean) {
  if (!isObject(part)) return fail(check, path, 'must be an object')
  const kind = groupKinds.find((one) => one in part)
  if (kind !== undefined) return checkGroup(check, part, kind, path, depth)
  if (groupOnly) return fail(check, path, 'must be {all: […]}, {any: […]} or {none: […]}')
  check.conditions += 1
  if (check.conditions === limits.conditions + 1) {
    fail(check, path, `is one condition too many: a rule has at most ${limits.conditions}`)
  }
  return checkCondition(check, part, path, depth)
}

function checkGroup(
  check: Check,
  group: Record<string, unknown>,
  kind: (typeof groupKinds)[number],
  path: string,
  depth: number,
): void {
  if (depth > limits.depth) {
    return fail(check, path, `is nested too deeply: at most ${limits.depth} levels`)
  }
  checkKeys(check, group, path, [kind])
  const list = group[kind]
  const at = under(path, kind)
  if (!Array.isArray(list) || list.length === 0) {
    return fail(check, at, 'must be a list of at least one condition')
  }
  list.forEach((part, k) => checkPart(check, part, `${at}[${k}]`, depth + 1, false))
}

function checkCondition(
  check: Check,
  condition: Record<string, unknown>,
  path: string,
  depth: number,
): void {
  const { fact, where, within } = condition
  const entry = typeof fact === 'string' ? factEntry(fact) : null
  if (entry === null) {
    return fail(check, under(path, 'fact'), 'must be one of the facts a rule can read')
  }
  const ranked = 'rank' in condition
  checkKeys(
    check,
    condition,
    path,
    ranked
      ? ['fact', 'where', 'within', 'rank', 'among']
      : ['fact', 'where', 'within', 'op', 'value'],
  )
  if (where !== undefined) checkFilters(check, where, under(path, 'where'), entry)
  if (within !== undefined) {
    if (entry.events === undefined) {
      fail(check, under(path, 'within'), `cannot be used with ${entry.fact}`)
    } else {
      checkWindow(check, within, under(path, 'within'))
    }
  }
  if (ranked) {
    if (entry.ranked !== true) fail(check, under(path, 'fact'), `${entry.fact} cannot be ranked`)
    checkRank(check, condition['rank'], under(path, 'rank'))
    if (condition['among'] !== undefined) {
      checkPart(check, condition['among'], under(path, 'among'), depth, true)
    }
    return
  }
  const allowed: readonly string[] = operatorsOf[entry.kind]
  const dated = entry.fact.startsWith('trait.')
  const op = condition['op']
  if (
    typeof op !== 'string' ||
    !allowed.includes(op) ||
    (op === 'within' && entry.kind === 'open' && !dated)
  ) {
    return fail(check, under(path, 'op'), `must be one of ${allowed.join(' ')}`)
  }
  checkValue(check, condition['value'], under(path, 'value'), op, entry.kind)
}

function checkFilters(check: Check, where: unknown, path: string, entry: FactEntry): void {
  if (entry.events === undefined) return fail(check, path, `cannot be used with ${entry.fact}`)
  if (!Array.isArray(where)) return fail(check, path, 'must be a list')
  const { properties, open } = filters[entry.events]
  const names: readonly string[] = properties
  where.forEach((filter: unknown, k) => {
    const at = `${path}[${k}]`
    if (!isObject(filter)) return fail(check, at, 'must be an object')
    checkKeys(check, filter, at, ['property', 'op', 'value'])
    const { property, op, value } = filter
    if (typeof property !== 'string' || property === '' || (!open && !names.includes(property))) {
      const hint = open ? 'the name of a property' : `one of ${names.join(', ')}`
      return fail(check, under(at, 'property'), `must be ${hint}`)
    }
    const known: readonly string[] = operators.filter((one) => one !== 'within')
    if (typeof op !== 'string' || !known.includes(op)) {
      return fail(check, under(at, 'op'), `must be one of ${known.join(' ')}`)
    }
    checkValue(check, value, under(at, 'value'), op, property === 'total' ? 'money' : 'open')
  })
}

function checkWindow(check: Check, window: unknown, path: string): void {
  const unit = isObject(window)
    ? (['days', 'months'] as const).find((one) => one in window)
    : undefined
  if (!isObject(window) || unit === undefined || Object.keys(window).length !== 1) {
    return fail(check, path, 'must be {days: n} or {months: n}')
  }
  const n = window[unit]
  if (typeof n !== 'number' || !Number.isInteger(n) || n < 1 || n > WINDOW_LIMIT[unit]) {
    fail(check, under(path, unit), `must be a whole number from 1 to ${WINDOW_LIMIT[unit]}`)
  }
}

function checkRank(check: Check, rank: unknown, path: string): void {
  if (!isObject(rank)) return fail(check, path, 'must be {top, unit}')
  checkKeys(check, rank, path, ['top', 'unit'])
  const { top, unit } = rank
  if (!rankUnits.some((one) => one === unit)) {
    return fail(check, under(path, 'unit'), `must be one of ${rankUnits.join(', ')}`)
  }
  const valid =
    typeof top === 'number' &&
    (unit === '%' ? top > 0 && top <= 100 : Number.isInteger(top) && top >= 1)
  if (!valid) {
    const range = unit === '%' ? 'above 0 and at most 100' : 'a whole number of at least 1'
    fail(check, under(path, 'top'), `must be ${range}`)
  }
}

/** What is wrong with one value of a comparison; null when it fits. */
function wrongWith(value: unknown, kind: FactKind): string | null {
  switch (kind) {
    case 'number':
      return Number.isFinite(value) ? null : 'must be a number'
    case 'days':
      return Number.isFinite(value) ? null : 'must be a number of days'
    case 'money':
      return Number.isSafeInteger(value) ? null : 'must be a whole number of minor units'
    case 'day':
      return typeof value === 'string' && parseDay(value) !== null
        ? null
        : 'must be a date as YYYY-MM-DD'
    case 'text':
    case 'tag':
    case 'segment':
      return typeof value === 'string' && value !== '' ? null : 'must be a text'
    case 'open':
      return (typeof value === 'string' && value !== '') ||
        typeof value === 'boolean' ||
        Number.isFinite(value)
        ? null
        : 'must be a text, a number, true or false'
  }
}

function checkValue(check: Check, value: unknown, path: string, op: string, kind: FactKind): void {
  if (op === 'exists') {
    if (value !== undefined && typeof value !== 'boolean')
      fail(check, path, 'must be true or false')
    return
  }
  if (op === 'within') return checkWindow(check, value, path)
  const one: FactKind =
    op === 'before' || op === 'after' ? 'day' : op === 'contains' ? 'text' : kind
  if (op !== 'in' && op !== 'not_in' && op !== 'between') {
    const wrong = wrongWith(value, one)
    if (wrong !== null) fail(check, path, wrong)
    return
  }
  if (!Array.isArray(value)) return fail(check, path, 'must be a list')
  if (op === 'between' ? value.length !== 2 : value.length === 0 || value.length > LIST_LIMIT) {
    const size = op === 'between' ? 'two values' : `1 to ${LIST_LIMIT} values`
    return fail(check, path, `must have ${size}`)
  }
  let fine = true
  value.forEach((item: unknown, k) => {
    const wrong = wrongWith(item, one)
    if (wrong === null) return
    fine = false
    fail(check, `${path}[${k}]`, wrong)
  })
  if (!fine || op !== 'between') return
  const [low, high]: unknown[] = value
  if (typeof low === 'boolean' || typeof low !== typeof high) {
    fail(check, path, 'must have two numbers or two texts')
  } else if (isLess(high, low)) {
    fail(check, path, 'must have the smaller value first')
  }
}

function isLess(a: unknown, b: unknown): boolean {
  if (typeof a === 'number' && typeof b === 'number') return a < b
  return typeof a === 'string' && typeof b === 'string' && a < b
}

/** What is wrong with a rule, with paths such as `all[1].value`; empty when it is valid. */
export function checkRule(input: unknown): FieldError[] {
  const check: Check = { errors: [], conditions: 0 }
  const text = JSON.stringify(input) ?? ''
  if (new TextEncoder().encode(text).length > limits.bytes) {
    return [{ path: '', message: `is too long: a rule has at most ${limits.bytes} bytes` }]
  }
  checkPart(check, input, '', 1, true)
  return check.errors
}

function isValid(input: unknown): input is Rule {
  return checkRule(input).length === 0
}

/** A valid rule, or what is wrong with it. */
export function parseRule(
  input: unknown,
): { rule: Rule; errors?: never } | { rule?: never; errors: FieldError[] } {
  return isValid(input) ? { rule: input } : { errors: checkRule(input) }
}

/** The rule as a field of a request: paths of errors go into the rule. */
export const ruleSchema = z.custom<Rule>().superRefine((input: unknown, context) => {
  for (const { path, message } of checkRule(input)) {
    const steps = path.split(/[.[\]]+/).filter((step) => step !== '')
    context.addIssue({
      code: 'custom',
      message,
      path: steps.map((step) => (/^\d+$/.test(step) ? Number(step) : step)),
    })
  }
})

/** Paths of the segment conditions of a rule, and the segments they name. */
function references(rule: unknown, path = ''): { path: string; key: string }[] {
  if (!isObject(rule)) return []
  const kind = groupKinds.find((one) => one in rule)
  const list = kind === undefined ? undefined : rule[kind]
  if (kind !== undefined && Array.isArray(list)) {
    return list.flatMap((part, k) => references(part, `${under(path, kind)}[${k}]`))
  }
  if ('among' in rule) return references(rule['among'], under(path, 'among'))
  if (rule['fact'] !== 'segment') return []
  const { value } = rule
  return Array.isArray(value)
    ? value.map((key, k) => ({ path: `${under(path, 'value')}[${k}]`, key: String(key) }))
    : [{ path: under(path, 'value'), key: String(value) }]
}

/**
 * What is wrong with the segments a rule names: one that is not there, or one that leads back to the segment itself.
 * `others` are all segments of the account; an older rule of the same key is passed over.
 */
export function checkReferences(
  key: string,
  rule: Rule,
  others: readonly SegmentRule[],
): FieldError[] {
  const rules = new Map(others.map((one) => [one.key, one.rule]))
  rules.set(key, rule)
  const leadsBack = (from: string, seen: Set<string>): boolean => {
    if (from === key) return true
    if (seen.has(from)) return false
    seen.add(from)
    return references(rules.get(from)).some((one) => leadsBack(one.key, seen))
  }
  return references(rule).flatMap((one) => {
    if (!rules.has(one.key)) return [{ path: one.path, message: `${one.key} is no segment` }]
    return leadsBack(one.key, new Set())
      ? [{ path: one.path, message: `${one.key} depends on this segment itself` }]
      : []
  })
}

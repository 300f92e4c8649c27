import { isNegated, type NumberTest, numberTest, readDay } from './compare.ts'
import {
  type Comparison,
  type Condition,
  isRank,
  isRule,
  type Rule,
  type Scalar,
  type SegmentRule,
} from './rule.ts'

/** A hint about a rule that is valid and yet probably not meant so. */
export interface Finding {
  kind:
    /** Nobody can ever satisfy the condition at `path`. */
    | 'empty'
    /** Everybody satisfies the condition at `path`, so it says nothing. */
    | 'always'
    /** The conditions at `path` and `other` cannot hold together. */
    | 'contradiction'
    /** All members are members of `segment` too. */
    | 'subset'
    /** The same members as `segment`. */
    | 'same'
  path: string
  other?: string
  segment?: string
}

/** Values a condition leaves open: stretches of numbers, ends included, ascending. */
type Stretches = readonly (readonly [number, number])[]

const isCount = (fact: string) => fact.endsWith('.count') || fact === 'orders.daysSinceLast'
const isNumeric = (fact: string) =>
  isCount(fact) ||
  /^orders\.(?:sum|average|min|max|(?:first|last)\.(?:day|total))$/.test(fact) ||
  fact === 'sentiment.score' ||
  fact === 'person.createdAt'

/** The whole range of a fact; counts are whole and never negative. */
const domainOf = (fact: string): readonly [number, number] =>
  isCount(fact) ? [0, Infinity] : fact === 'sentiment.score' ? [-1, 1] : [-Infinity, Infinity]

function positive(test: NumberTest, fact: string): Stretches {
  const [low, high] = domainOf(fact)
  const whole = isCount(fact) || fact.endsWith('.day') || fact === 'person.createdAt'
  const parts: (readonly [number, number])[] =
    test.list === null
      ? [[test.low, test.high]]
      : test.list.toSorted((a, b) => a - b).map((one) => [one, one])
  return parts
    .map(([a, b]): readonly [number, number] => [
      Math.max(low, whole ? Math.ceil(a) : a),
      Math.min(high, whole ? Math.floor(b) : b),
    ])
    .filter(([a, b]) => a <= b)
}

/** What a comparison of numbers leaves open; null for others. "No value" is not looked at. */
function stretchesOf(condition: Comparison): Stretches | null {
  const { fact, op, value } = condition
  if (!isNumeric(fact) || op === 'within' || op === 'exists') return null
  const isDay = fact.endsWith('.day') || fact === 'person.createdAt'
  const test = isDay ? numberTest(op, value, readDay) : numberTest(op, value)
  return test.negated ? null : positive(test, fact)
}

/** What two comparisons must have in common to be compared: the same fact of the same events. */
function subject({ fact, where }: Comparison): string {
  return JSON.stringify([fact, where ?? []])
}

const sameWindow = (a: Comparison, b: Comparison) =>
  JSON.stringify(a.within ?? null) === JSON.stringify(b.within ?? null)

function apart(a: Stretches, b: Stretches): boolean {
  return !a.some(([low, high]) => b.some(([from, to]) => low <= to && from <= high))
}

/** Facts with one text value, so that two different values cannot hold together. */
const SINGLE = /^(?:sentiment\.label|orders\.(?:first|last)\.(?:channel|status|currency))$/

function wordsOf({ fact, op, value }: Comparison): readonly Scalar[] | null {
  if (!SINGLE.test(fact) || (op !== '=' && op !== 'in')) return null
  return Array.isArray(value) ? value : typeof value === 'string' ? [value] : null
}

function contradict(a: Comparison, b: Comparison): boolean {
  if (subject(a) !== subject(b) || !sameWindow(a, b)) return false
  const [x, y] = [stretchesOf(a), stretchesOf(b)]
  if (x !== null && y !== null) return apart(x, y)
  const [words, others] = [wordsOf(a), wordsOf(b)]
  if (words !== null && others !== null) return !words.some((word) => others.includes(word))
  const same = JSON.stringify(a.value) === JSON.stringify(b.value)
  return same && isNegated(a.op, a.value) !== isNegated(b.op, b.value) && opposite(a.op) === b.op
}

function opposite(op: string): string | undefined {
  return { '=': '!=', '!=': '=', in: 'not_in', not_in: 'in' }[op]
}

interface Placed {
  path: string
  condition: Condition
}

/** Conditions that all must hold: those of `all`, also of nested ones. */
function required(rule: Rule, path = ''): Placed[] {
  if (!('all' in rule)) return []
  return rule.all.flatMap((part, k) => {
    const at = `${path === '' ? '' : `${path}.`}all[${k}]`
    return isRule(part) ? required(part, at) : [{ path: at, condition: part }]
  })
}

/** Days of a window, months at their shortest or longest; no window is endless. */
function windowDays({ within }: Comparison, longest: boolean): number {
  if (within === undefined) return Infinity
  if ('days' in within) return within.days
  return longest ? within.months * 31 : Math.floor((within.months * 365) / 12) - 2
}

/** Whether `a` being true makes `b` true. */
function implies(a: Condition, b: Condition): boolean {
  if (JSON.stringify(a) === JSON.stringify(b)) return true
  if (isRank(a) || isRank(b)) {
    if (!isRank(a) || !isRank(b) || a.rank.unit !== b.rank.unit) return false
    const base = ({ fact, where, within, among }: typeof a) =>
      JSON.stringify([fact, where ?? [], within ?? null, among ?? null])
    return base(a) === base(b) && a.rank.top <= b.rank.top
  }
  if (subject(a) !== subject(b)) return false
  const [x, y] = [stretchesOf(a), stretchesOf(b)]
  if (x === null || y === null || x.length === 0) return false
  const inside = x.every(([low, high]) => y.some(([from, to]) => from <= low && high <= to))
  if (!inside) return false
  if (sameWindow(a, b)) return true
  // More events in a longer window: "at least" carries over, nothing else does.
  const atLeast = y.every(([, to]) => to === Infinity) && a.fact.endsWith('.count')
  return atLeast && (sameUnit(a, b) ?? windowDays(a, true) <= windowDays(b, false))
}

function sameUnit({ within: a }: Comparison, { within: b }: Comparison): boolean | null {
  if (b === undefined) return true
  if (a === undefined) return false
  return 'months' in a && 'months' in b ? a.months <= b.months : null
}

/** Whether all members of `a` are members of `b`, as far as can be told from the rules alone. */
function isSubset(a: Rule, b: Rule): boolean {
  if (JSON.stringify(a) === JSON.stringify(b)) return true
  const [own, wanted] = [required(a), required(b)]
  const complete = 'all' in b && b.all.every((part) => !isRule(part))
  return (
    complete &&
    wanted.length > 0 &&
    wanted.every((asked) => own.some((given) => implies(given.condition, asked.condition)))
  )
}

function visit(rule: Rule, path: string, see: (condition: Condition, path: string) => void): void {
  const kind = 'all' in rule ? 'all' : 'any' in rule ? 'any' : 'none'
  const parts = 'all' in rule ? rule.all : 'any' in rule ? rule.any : rule.none
  parts.forEach((part, k) => {
    const at = `${path === '' ? '' : `${path}.`}${kind}[${k}]`
    if (isRule(part)) visit(part, at, see)
    else see(part, at)
  })
}

/** Hints about a rule: conditions that are empty, always true or at odds, and how it lies among other segments. */
export function lintRule(rule: Rule, others: readonly SegmentRule[] = []): Finding[] {
  const findings: Finding[] = []
  visit(rule, '', (condition, path) => {
    if (isRank(condition)) {
      if (condition.rank.unit === '%' && condition.rank.top === 100) {
        findings.push({ kind: 'always', path })
      }
      return
    }
    const left = stretchesOf(condition)
    if (left === null) return
    const [low, high] = domainOf(condition.fact)
    if (left.length === 0) findings.push({ kind: 'empty', path })
    // Only counts have a value on every day.
    else if (
      condition.fact.endsWith('.count') &&
      left.some(([from, to]) => from <= low && to >= high)
    ) {
      findings.push({ kind: 'always', path })
    }
  })
  const conditions = required(rule)
  conditions.forEach((a, k) => {
    for (const b of conditions.slice(k + 1)) {
      if (isRank(a.condition) || isRank(b.condition)) continue
      if (contradict(a.condition, b.condition)) {
        findings.push({ kind: 'contradiction', path: a.path, other: b.path })
      }
    }
  })
  for (const { key, rule: other } of others) {
    const [inside, around] = [isSubset(rule, other), isSubset(other, rule)]
    if (inside) findings.push({ kind: around ? 'same' : 'subset', path: '', segment: key })
  }
  return findings
}

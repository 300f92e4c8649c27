import type { Condition, Rule } from '../../worker/segments/rule.ts'
import { isRank, isRule } from './draft.ts'
import { compared, whereOf, windowOf } from '../card/reason.ts'
import type { Words } from '../words.ts'

/** What words about rules need besides: the currency of amounts, and names of segments that humans gave. */
export interface Naming {
  currency: string
  segments: ReadonlyMap<string, string>
}

/** A fact by its name: "Number of orders", "Last order: channel". */
export function sayFact(words: Words, fact: string): string {
  const own = words.maybe(`rule.fact.${fact}`)
  if (own !== null) return own
  const [, which, property] = /^orders\.(first|last)\.(.+)$/s.exec(fact) ?? []
  if (property !== undefined) {
    const name = words.maybe(`property.${property}`) ?? property
    return words.t(which === 'first' ? 'rule.fact.first' : 'rule.fact.last', { name })
  }
  return words.t('rule.fact.trait', { name: fact.replace(/^trait\./, '') })
}

/** A condition in words, as a rule asks it. */
export function sayCondition(words: Words, condition: Condition, naming: Naming): string {
  const { t } = words
  const window = condition.within === undefined ? null : windowOf(words, condition.within)
  const plain = sayFact(words, condition.fact)
  const inWindow = window === null ? plain : t('reason.inWindow', { what: plain, window })
  const where = whereOf(words, condition)
  const what = where === null ? inWindow : t('reason.where', { what: inWindow, where })
  if (isRank(condition)) {
    const { top, unit } = condition.rank
    const rank =
      unit === '%'
        ? t('rule.rank.percent', { top: words.percent(top / 100) })
        : t('rule.rank.people', { count: top })
    const among = condition.among
    const all =
      among === undefined
        ? rank
        : t('rule.rank.among', { rank, rule: sayRule(words, among, naming) })
    return t('rule.said', { what, need: all })
  }
  const { fact, op, value } = condition
  if (op === 'exists') return t(value === false ? 'rule.absent' : 'rule.present', { what })
  const named = fact === 'segment' ? namesOf(words, value, naming) : value
  return t('rule.said', { what, need: compared(words, op, named, fact, naming.currency) })
}

function namesOf(words: Words, value: unknown, { segments }: Naming): unknown {
  if (Array.isArray(value))
    return value.map((one) => namesOf(words, one, { currency: '', segments }))
  const key = String(value)
  return words.maybe(`segment.${key}`) ?? segments.get(key) ?? key
}

/** A rule in one sentence; inner groups stand in brackets. */
export function sayRule(words: Words, rule: Rule, naming: Naming, inner = false): string {
  const parts = 'all' in rule ? rule.all : 'any' in rule ? rule.any : rule.none
  const said = parts.map((part) =>
    isRule(part) ? sayRule(words, part, naming, true) : sayCondition(words, part, naming),
  )
  const type = 'all' in rule ? 'conjunction' : 'disjunction'
  const list = new Intl.ListFormat(words.locale, { type }).format(said)
  const text = 'none' in rule ? words.t('rule.noneOf', { list }) : list
  return inner && said.length > 1 ? `(${text})` : text
}

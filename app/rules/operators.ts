import type { Operator } from '../../worker/segments/catalog.ts'
import type { Key } from '../words.ts'

/** Words of comparisons, by operator. */
export const operatorWords = {
  '=': 'rule.op.equal',
  '!=': 'rule.op.different',
  '<': 'rule.op.less',
  '<=': 'rule.op.most',
  '>': 'rule.op.more',
  '>=': 'rule.op.least',
  between: 'rule.op.between',
  in: 'rule.op.in',
  not_in: 'rule.op.notIn',
  contains: 'rule.op.contains',
  exists: 'rule.op.exists',
  within: 'rule.op.within',
  before: 'rule.op.before',
  after: 'rule.op.after',
} as const satisfies Record<Operator, Key>

import { namedSegments } from '../segments/rank.ts'
import { ruleSchema } from '../segments/validate.ts'
import type { SavedList } from './store.ts'

/** The segments that a saved list reads, by itself or in its filter. */
export function segmentsIn({ segment, filter }: SavedList['query']): string[] {
  const own = segment === undefined ? [] : [segment]
  if (filter === undefined) return own
  const { data } = ruleSchema.safeParse(JSON.parse(filter))
  return data === undefined ? own : [...own, ...namedSegments(data)]
}

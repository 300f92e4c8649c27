import type { Condition, RankCondition, Rule } from '../../worker/segments/rule.ts'

export function isRule(part: Condition | Rule): part is Rule {
  return 'all' in part || 'any' in part || 'none' in part
}

export function isRank(condition: Condition): condition is RankCondition {
  return 'rank' in condition
}

export const kinds = ['all', 'any', 'none'] as const
export type Kind = (typeof kinds)[number]

/** A group of a rule while it is written. Ids name its parts as long as the editor is open. */
export interface Group {
  id: number
  kind: Kind
  parts: (Group | Line)[]
}

/** A condition while it is written; its value may still be missing. */
export interface Line {
  id: number
  condition: Condition
}

export type Part = Group | Line

export function isGroup(part: Part): part is Group {
  return 'kind' in part
}

let ids = 0

/** A name for a new part. */
export function freshId(): number {
  ids += 1
  return ids
}

export function lineOf(condition: Condition): Line {
  return { id: freshId(), condition }
}

/** A rule as it is edited. */
export function groupOf(rule: Rule): Group {
  const kind: Kind = 'all' in rule ? 'all' : 'any' in rule ? 'any' : 'none'
  const parts = 'all' in rule ? rule.all : 'any' in rule ? rule.any : rule.none
  return {
    id: freshId(),
    kind,
    parts: parts.map((part) => (isRule(part) ? groupOf(part) : lineOf(part))),
  }
}

/** The rule that is written; groups without anything in them are left out. Null while nothing is. */
export function ruleOf(group: Group): Rule | null {
  const parts = group.parts
    .map((part) => (isGroup(part) ? ruleOf(part) : part.condition))
    .filter((part) => part !== null)
  if (parts.length === 0) return null
  if (group.kind === 'all') return { all: parts }
  return group.kind === 'any' ? { any: parts } : { none: parts }
}

/** The group with one part replaced, wherever it is; null takes it out. */
export function replace(group: Group, id: number, next: (part: Part) => Part | null): Group {
  const parts = group.parts.flatMap((part) => {
    if (part.id === id) return next(part) ?? []
    return isGroup(part) ? replace(part, id, next) : part
  })
  return { ...group, parts }
}

/** A part that was taken out, and where it was. */
export interface Removed {
  part: Part
  /** Id of the group that it was in. */
  group: number
  at: number
}

/** Where a part is, wherever in the group; null when it is not there. */
export function placeOf(group: Group, id: number): Removed | null {
  for (const [at, part] of group.parts.entries()) {
    if (part.id === id) return { part, group: group.id, at }
    const deeper = isGroup(part) ? placeOf(part, id) : null
    if (deeper !== null) return deeper
  }
  return null
}

/** The group with a part where it was; at its end when the group that it was in is gone too. */
export function putBack(group: Group, removed: Removed): Group {
  const { part, group: into, at } = removed
  const insert = (one: Group): Group => ({
    ...one,
    parts: [...one.parts.slice(0, at), part, ...one.parts.slice(at)],
  })
  if (group.id === into) return insert(group)
  const next = replaceGroup(group, into, insert)
  return next ?? { ...group, parts: [...group.parts, part] }
}

/** The group whose parts are joined another way, wherever it is. */
export function withKind(group: Group, id: number, kind: Kind): Group {
  if (group.id === id) return { ...group, kind }
  return replaceGroup(group, id, (one) => ({ ...one, kind })) ?? group
}

/** The group with one of the groups inside it replaced; null when it is not there. */
function replaceGroup(group: Group, id: number, next: (one: Group) => Group): Group | null {
  const place = placeOf(group, id)
  if (place === null || !isGroup(place.part)) return null
  return replace(group, id, (part) => (isGroup(part) ? next(part) : part))
}

/** The group with a part at the end of one of its groups. */
export function append(group: Group, into: number, part: Part): Group {
  if (group.id === into) return { ...group, parts: [...group.parts, part] }
  return {
    ...group,
    parts: group.parts.map((one) => (isGroup(one) ? append(one, into, part) : one)),
  }
}

/** The group with a part moved among its neighbours; at an end nothing changes. */
export function move(group: Group, id: number, by: -1 | 1): Group {
  const at = group.parts.findIndex((part) => part.id === id)
  const moved = group.parts[at]
  if (moved === undefined) {
    const parts = group.parts.map((part) => (isGroup(part) ? move(part, id, by) : part))
    return { ...group, parts }
  }
  const to = at + by
  if (to < 0 || to >= group.parts.length) return group
  const rest = group.parts.filter((part) => part.id !== id)
  return { ...group, parts: [...rest.slice(0, to), moved, ...rest.slice(to)] }
}

/** True when every condition has the value that it compares with. */
export function isComplete(part: Part): boolean {
  return isGroup(part) ? part.parts.every(isComplete) : isWhole(part.condition)
}

const given = (value: unknown) =>
  value !== undefined && value !== '' && !(typeof value === 'number' && Number.isNaN(value))

/** True when a condition has the values that it compares with. */
export function isWhole(condition: Condition): boolean {
  const filtered = (condition.where ?? []).every(
    ({ property, op, value }) => property !== '' && (op === 'exists' || hasValue(value)),
  )
  if (isRank(condition)) return filtered && given(condition.rank.top)
  return filtered && (condition.op === 'exists' || hasValue(condition.value))
}

function hasValue(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 && value.every(given) : given(value)
}

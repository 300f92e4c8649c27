import { defaultSegments } from './defaults.ts'
import type { Rule, SegmentRule } from './rule.ts'

/** A segment of an account: a named rule, with the version it is in. */
export interface SegmentDefinition extends SegmentRule {
  readonly key: string
  /** Given by a human; null for default segments, whose name is translated. */
  readonly name: string | null
  readonly rule: Rule
  readonly basis: string | null
  readonly group: string | null
  readonly version: number
  /** One of the six that every account starts with, edited or not. */
  readonly isDefault: boolean
}

/** A row of table `segments`. */
export interface SegmentRow {
  key: string
  name: string | null
  rule: Rule
  basis: string | null
  group: string | null
  version: number
  deleted: boolean
}

const english: Readonly<Record<string, string>> = {
  vip: 'VIP',
  repeat_customer: 'Repeat customer',
  active_customer: 'Active customer',
  new_customer: 'New customer',
  new_contact: 'New contact',
  repeat_contact: 'Repeat contact',
}

/** Default segments and those of the account; a row of a default's key stands for the edited or deleted one. */
export function definitionsOf(rows: readonly SegmentRow[]): SegmentDefinition[] {
  const own = new Map(rows.map((row) => [row.key, row]))
  const defaults = defaultSegments
    .filter(({ key }) => !own.has(key))
    .map(({ key, rule }) => ({
      key,
      name: null,
      rule,
      basis: null,
      group: null,
      version: 1,
      isDefault: true,
    }))
  const edited = rows
    .filter((row) => !row.deleted)
    .map(({ key, name, rule, basis, group, version }) => ({
      key,
      name,
      rule,
      basis,
      group,
      version,
      isDefault: defaultSegments.some((one) => one.key === key),
    }))
  const order = defaultSegments.map(({ key }): string => key)
  const place = (key: string) => (order.includes(key) ? order.indexOf(key) : order.length)
  return [...defaults, ...edited].toSorted(
    (a, b) => place(a.key) - place(b.key) || (a.key < b.key ? -1 : 1),
  )
}

/** The name that is shown where no translation is at hand. */
export function nameOf(definition: Pick<SegmentDefinition, 'key' | 'name'>): string {
  return definition.name ?? english[definition.key] ?? definition.key
}

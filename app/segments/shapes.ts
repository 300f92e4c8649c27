import type { Way } from '../../worker/push/catalog.ts'
import type { Rule } from '../../worker/segments/rule.ts'

/** A segment as the API shows it. */
export interface Segment {
  key: string
  name: string
  rule: Rule
  basis: string | null
  group: string | null
  version: number
  isDefault: boolean
  size: number
  exactFrom: string | null
  /** How it is seen at the help desk; empty: it is not. */
  pushed: Way[]
}

/** A day of a segment's history. Money in minor units. */
export interface HistoryDay {
  day: string
  size: number
  joined: number
  left: number
  totalOrderValue: number
  repurchaseRate: number | null
}

export interface Version {
  version: number
  name: string | null
  rule: Rule
  basis: string | null
  actor: string
  createdAt: string
}

export interface Template {
  key: string
  group: string
  rule: Rule
}

export interface Templates {
  items: Template[]
  rhythm: { p50: number; p90: number; n: number; fallback: boolean }
}

/** What saving a rule would do. */
export interface Preview {
  before: number
  size: number
  joining: number
  leaving: number
  joiners: { id: number; name: string | null }[]
  leavers: { id: number; name: string | null }[]
  instances: { value: string; customers: number }[]
  hints: { kind: 'empty' | 'always' | 'contradiction' | 'subset' | 'same'; path: string }[]
}

export interface Instances {
  items: {
    value: string | number | boolean
    customers: number
    orders: number
    totalOrderValue: number
    averageSpend: number | null
    repurchaseRate: number | null
    lifetimeValue: number | null
  }[]
  all: { customers: number; orders: number; totalOrderValue: number }
  overlap: number
  currency: string
}

/** A key made of a name: small letters and digits, what is between them as one line. */
export function keyOf(name: string, taken: readonly string[]): string {
  const plain = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
    .slice(0, 50)
  const base = plain === '' ? 'segment' : plain
  if (!taken.includes(base)) return base
  let n = 2
  while (taken.includes(`${base}_${n}`)) n += 1
  return `${base}_${n}`
}

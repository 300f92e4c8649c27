import { orderWords } from '../segments/filter.ts'
import { orderPropertyNeeds } from '../segments/needs.ts'
import { observedOn } from '../segments/observed.ts'
import type { Day } from '../time.ts'
import type { Word } from '../timeline/column.ts'
import type { Facts } from './facts.ts'
import type { Need } from './slices.ts'

/** The columns of a list besides fields. */
export const columnNames = [
  'name',
  'email',
  'phone',
  'sentiment',
  'segments',
  'channels',
  'totalOrderValue',
  'orders',
  'averageSpend',
  'latestPurchase',
  'customerSince',
] as const

const openFields = ['trait.', 'orders.first.', 'orders.last.'] as const

/** True for what a list can show, group and sort by beside its own columns: `tag`, `trait.<name>`, `orders.last.<property>`. */
export function isField(name: string): boolean {
  return name === 'tag' || openFields.some((one) => name.startsWith(one) && name !== one)
}

/** True for what may be named as a column of a list. */
export function isColumn(name: string): boolean {
  return columnNames.some((one) => one === name) || isField(name)
}

/** The facts that reading a field takes. */
export function fieldNeeds(name: string): Need[] {
  const property = orderProperty(name)
  if (property === null) return ['observations']
  return ['orders.at', ...orderPropertyNeeds(property.name)]
}

function orderProperty(name: string): { first: boolean; name: string } | null {
  const [, which, property] = /^orders\.(first|last)\.(.+)$/s.exec(name) ?? []
  return property === undefined ? null : { first: which === 'first', name: property }
}

/** Reads a field of entry i as of a day; several values are told in one text, none is null. */
export function fieldReader(facts: Facts, name: string, day: Day): (i: number) => Word | null {
  const property = orderProperty(name)
  if (property !== null) {
    return (i) => {
      const order = counted(facts, i, day, property.first)
      return order < 0 ? null : oneOf(orderWords(facts.orders, property.name, order))
    }
  }
  const observed = name === 'tag' ? 'tag:' : `trait:${name.slice('trait.'.length)}`
  return (i) => oneOf(observedOn(facts, i, observed, day))
}

function oneOf(words: readonly Word[]): Word | null {
  if (words.length < 2) return words[0] ?? null
  return words.map(String).toSorted().join(', ')
}

/** Row of the first or last counted order up to a day; −1 when there is none. */
function counted({ orders }: Facts, i: number, day: Day, first: boolean): number {
  let found = -1
  const end = orders.offsets[i + 1] ?? 0
  for (let k = orders.offsets[i] ?? 0; k < end; k += 1) {
    if ((orders.day[k] ?? 0) > day) break
    if (orders.counted[k] === 0) continue
    if (first) return k
    // Of orders at one instant the first in the facts, which has the smallest id, is the last order.
    if (found < 0 || orders.at[k] !== orders.at[found]) found = k
  }
  return found
}

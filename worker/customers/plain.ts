import { type Column, type NamedColumn, wordsOf } from '../timeline/column.ts'
import { isObject } from '../timeline/rows.ts'
import type { Facts } from './facts.ts'
import { takePersons } from './take.ts'

function isColumn(value: unknown): value is Column {
  return isObject(value) && 'words' in value && 'codes' in value
}

function isNamedColumns(value: readonly unknown[]): value is readonly NamedColumn[] {
  return value.length > 0 && value.every((one) => isObject(one) && isColumn(one['column']))
}

/** Values instead of codes, names in order: independent of how dictionaries came to be. */
function plain(value: unknown): unknown {
  if (isColumn(value)) {
    const rows = value.offsets === null ? value.codes.length : value.offsets.length - 1
    return Array.from({ length: rows }, (_, row) => wordsOf(value, row))
  }
  if (value instanceof Float64Array) return Array.from(value, String)
  if (ArrayBuffer.isView(value)) return Array.from(value as Int32Array)
  if (Array.isArray(value)) {
    const list: readonly unknown[] = value
    if (!isNamedColumns(list)) return list
    const held = list.filter(({ column }) => column.codes.some((code) => code >= 0))
    const entries = held.map(({ name, column }) => [name, plain(column)] as const)
    return entries.toSorted(([a], [b]) => (a < b ? -1 : 1))
  }
  if (!isObject(value)) return value
  return Object.entries(value)
    .map(([name, one]) => [name, plain(one)] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
}

/** Everything that facts say of one person, as text that is equal for equal facts. */
export function plainPerson(facts: Facts, index: number): string {
  return JSON.stringify(plain(takePersons(facts, Int32Array.of(index))))
}

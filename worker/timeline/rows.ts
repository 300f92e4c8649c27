/** `offsets` of rows that are sorted by owner: owner p has the rows offsets[p] … offsets[p + 1] − 1. */
export function offsetsOf(owners: Int32Array, count: number): Int32Array {
  const offsets = new Int32Array(count + 1)
  for (const owner of owners) offsets[owner + 1] = (offsets[owner + 1] ?? 0) + 1
  for (let k = 0; k < count; k += 1) offsets[k + 1] = (offsets[k + 1] ?? 0) + (offsets[k] ?? 0)
  return offsets
}

/** Position of a value in an ascending array; −1 when it is not there. */
export function indexIn(sorted: Int32Array, value: number): number {
  let low = 0
  let high = sorted.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const found = sorted[middle] ?? 0
    if (found === value) return middle
    if (found < value) low = middle + 1
    else high = middle - 1
  }
  return -1
}

/** Order of texts by code unit, as the database orders keys. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** A row with its person's index, its instant and its id: the order of every noun. */
export interface Placed<Row> {
  owner: number
  at: number
  id: string
  row: Row
}

/** Rows of the given persons, by person, then instant, then id. */
export function place<Row extends { person: number }>(
  rows: readonly Row[],
  persons: Int32Array,
  atOf: (row: Row) => number,
  idOf: (row: Row) => string,
): Placed<Row>[] {
  const placed: Placed<Row>[] = []
  for (const row of rows) {
    const owner = indexIn(persons, row.person)
    if (owner >= 0) placed.push({ owner, at: atOf(row), id: idOf(row), row })
  }
  placed.sort((a, b) => a.owner - b.owner || a.at - b.at || compareText(a.id, b.id))
  return placed
}

/** The object in a JSON column; an empty one when the text is no object. */
export function jsonObject(text: string): Record<string, unknown> {
  if (text === '' || text === '{}') return {}
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : {}
  } catch {
    return {}
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

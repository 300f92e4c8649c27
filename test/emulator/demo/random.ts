/** A stream of numbers that depends on its seed and labels alone. */
export interface Random {
  /** In [0, 1). */
  next(): number
  /** A whole number from low to high, both included. */
  int(low: number, high: number): number
  chance(probability: number): boolean
  pick<T>(list: readonly T[]): T
  weighted<T>(table: readonly (readonly [T, number])[]): T
}

function hash(text: string): number {
  let value = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  }
  return value >>> 0
}

/** Opens the stream of a label; streams of different labels do not disturb each other. */
export function randomOf(seed: number, label: string): Random {
  let state = hash(`${seed} ${label}`)
  const next = () => {
    state = (state + 0x9e3779b9) | 0
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 4_294_967_296
  }
  const pick = <T>(list: readonly T[]): T => {
    const item = list[Math.floor(next() * list.length)]
    if (item === undefined) throw new RangeError('nothing to pick from')
    return item
  }
  return {
    next,
    int: (low, high) => low + Math.floor(next() * (high - low + 1)),
    chance: (probability) => next() < probability,
    pick,
    weighted(table) {
      let rest = next() * table.reduce((sum, [, weight]) => sum + weight, 0)
      for (const [value, weight] of table) {
        rest -= weight
        if (rest < 0) return value
      }
      return pick(table)[0]
    },
  }
}

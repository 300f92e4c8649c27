/** Counters kept per cell: ratings at the five places, offers, answers. */
export const FIELDS = 7
export const OFFERED = 5
export const ANSWERED = 6

/** Counts of some ratings; of reasons that share a rating they are fractions. */
export interface Tally {
  count: number
  good: number
  /** By place on the picture of five levels. */
  levels: readonly number[]
  /** Ratings at levels that are asked for reasons. */
  asked: number
  offered: number
  answered: number
}

/** Counters of the keys of one partition over atoms of days, as one list of numbers. */
export interface Table {
  keys: string[]
  /** Slot of a key; a new one gets the next. */
  slotOf: (key: string) => number
  /** Where the counters of a slot in an atom begin. The list may be another after `slotOf`. */
  at: (atom: number, slot: number) => number
  /** Numbers of one slot. */
  readonly width: number
  numbers: Float64Array
}

export function tableOf(atoms: number): Table {
  const slots = new Map<string, number>()
  const width = atoms * FIELDS
  const table: Table = {
    keys: [],
    width,
    numbers: new Float64Array(8 * width),
    at: (atom, slot) => slot * width + atom * FIELDS,
    slotOf(key) {
      const known = slots.get(key)
      if (known !== undefined) return known
      const slot = slots.size
      slots.set(key, slot)
      table.keys.push(key)
      if ((slot + 1) * width > table.numbers.length) {
        const grown = new Float64Array(2 * table.numbers.length)
        grown.set(table.numbers)
        table.numbers = grown
      }
      return slot
    },
  }
  return table
}

/** What some slots have in some atoms together. */
export function tallyOf(table: Table, slots: readonly number[], atoms: readonly number[]): Tally {
  const sums = new Float64Array(FIELDS)
  for (const slot of slots) {
    for (const atom of atoms) {
      const start = table.at(atom, slot)
      for (let k = 0; k < FIELDS; k += 1) sums[k] = (sums[k] ?? 0) + (table.numbers[start + k] ?? 0)
    }
  }
  const [one = 0, two = 0, three = 0, four = 0, five = 0, offered = 0, answered = 0] = sums
  const asked = one + two + three
  const good = four + five
  return {
    count: asked + good,
    good,
    levels: [one, two, three, four, five],
    asked,
    offered,
    answered,
  }
}

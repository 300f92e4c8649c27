import type { Facts } from '../customers/facts.ts'
import { parseDay } from '../time.ts'
import type { Column, Word } from '../timeline/column.ts'
import { wordsOf } from '../timeline/column.ts'
import { pushStep, type Steps } from '../timeline/steps.ts'
import type { Operator } from './catalog.ts'
import { passesWord } from './compare.ts'
import { markRows } from './filter.ts'
import type { Operand } from './rule.ts'

const TAG = 'tag:'

/** Value per row, NaN for a row without a value. */
function rowNumbers(column: Column, rows: number, numberOf: (word: Word) => number): Float64Array {
  const numbers = new Float64Array(rows)
  for (let row = 0; row < rows; row += 1) {
    const [word] = wordsOf(column, row)
    numbers[row] = word === undefined ? Number.NaN : numberOf(word)
  }
  return numbers
}

/** Walks the sights of one trait: the latest of any profile holds. */
function traitWalk(facts: Facts, name: string, values: ArrayLike<number>) {
  const { observations } = facts
  const code = observations.name.words.indexOf(name)
  return (i: number, out: Steps) => {
    out.size = 0
    if (code < 0) return
    const owner = facts.source[i] ?? 0
    const end = observations.offsets[owner + 1] ?? 0
    for (let k = observations.offsets[owner] ?? 0; k < end; k += 1) {
      if (observations.name.codes[k] === code) {
        pushStep(out, observations.day[k] ?? 0, values[k] ?? Number.NaN)
      }
    }
  }
}

/** Ways to read a dated value that holds until the next sight of it. */
export const observationReader = {
  /** 1 per row whose words pass the positive side of an operator. */
  marks(column: Column, op: Operator, value: Operand | undefined): Uint8Array {
    const rows = column.offsets === null ? column.codes.length : column.offsets.length - 1
    const marks = new Uint8Array(rows)
    markRows(column, op, value, marks)
    return marks
  },
  passing(facts: Facts, name: string, op: Operator, value: Operand | undefined) {
    return traitWalk(facts, name, this.marks(facts.observations.value, op, value))
  },
  numbers(facts: Facts, name: string) {
    const { value, day } = facts.observations
    const numbers = rowNumbers(value, day.length, (word) =>
      typeof word === 'number' ? word : Number.NaN,
    )
    return traitWalk(facts, name, numbers)
  },
  /** Traits that hold a date (`YYYY-MM-DD` at the start of a text) as days. */
  days(facts: Facts, name: string) {
    const { value, day } = facts.observations
    const days = rowNumbers(value, day.length, (word) =>
      typeof word === 'string' ? (parseDay(word.slice(0, 10)) ?? Number.NaN) : Number.NaN,
    )
    return traitWalk(facts, name, days)
  },
}

/** A tag passes by its whole name; `contains` means the same as `=`. */
function passesTag(op: Operator, value: Operand | undefined, tag: string): boolean {
  return passesWord(op === 'contains' ? '=' : op, value, tag)
}

/** 1 while a tag that passes is on any of the person's profiles. */
export function tagReader(facts: Facts, op: Operator, value: Operand | undefined) {
  const { observations } = facts
  const { name, day, profile } = observations
  const hits = Uint8Array.from(name.words, (word) =>
    typeof word === 'string' && word.startsWith(TAG) && passesTag(op, value, word.slice(TAG.length))
      ? 1
      : 0,
  )
  const on = observationReader.marks(observations.value, '=', true)
  return (i: number, out: Steps) => {
    out.size = 0
    const owner = facts.source[i] ?? 0
    const start = observations.offsets[owner] ?? 0
    const end = observations.offsets[owner + 1] ?? 0
    let worn = 0
    for (let k = start; k < end; k += 1) {
      const code = name.codes[k] ?? -1
      if (hits[code] !== 1) continue
      // The previous sight of the same tag on the same profile says what this one changes.
      let before = k - 1
      while (before >= start && (name.codes[before] !== code || profile[before] !== profile[k])) {
        before -= 1
      }
      worn += (on[k] ?? 0) - (before < start ? 0 : (on[before] ?? 0))
      pushStep(out, day[k] ?? 0, worn > 0 ? 1 : 0)
    }
  }
}

/** The values of a trait on a day, or the tags worn. */
export function observedOn(facts: Facts, i: number, name: string, until: number): Word[] {
  const { observations } = facts
  const owner = facts.source[i] ?? 0
  const end = observations.offsets[owner + 1] ?? 0
  let found: Word[] = []
  const tags = new Map<string, Word>()
  for (let k = observations.offsets[owner] ?? 0; k < end; k += 1) {
    if ((observations.day[k] ?? 0) > until) break
    const word = observations.name.words[observations.name.codes[k] ?? -1]
    if (word === name) found = wordsOf(observations.value, k)
    if (name !== TAG || typeof word !== 'string' || !word.startsWith(TAG)) continue
    const key = `${observations.profile[k]} ${word}`
    if (wordsOf(observations.value, k)[0] === true) tags.set(key, word.slice(TAG.length))
    else tags.delete(key)
  }
  return name === TAG ? [...new Set(tags.values())] : found
}

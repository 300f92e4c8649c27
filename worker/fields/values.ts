import type { Facts } from '../customers/facts.ts'
import type { Need } from '../customers/slices.ts'
import { orderValues } from '../segments/filter.ts'
import { orderPropertyNeeds } from '../segments/needs.ts'
import type { NamedColumn, Word } from '../timeline/column.ts'
import { wordsOf } from '../timeline/column.ts'
import type { FieldOf } from './catalog.ts'

const TAG = 'tag:'

/** A field of which the values are asked. Tags have no name. */
export interface FieldQuestion {
  of: FieldOf
  name: string
}

/** The facts that tell the values of a field. */
export function valueNeeds({ of, name }: FieldQuestion): Need[] {
  switch (of) {
    case 'order':
      return orderPropertyNeeds(name)
    case 'ticket':
      return ['tickets', `tickets.field:${name}`]
    case 'rating':
      return ['ratings']
    case 'trait':
    case 'tag':
      return ['observations']
  }
}

/** Collects the values of a field, range by range: those that contain a text, in order, at most so many. */
export function valuesOf(question: FieldQuestion, text: string, most: number) {
  const found = new Map<string, Word>()
  const wanted = text.toLowerCase()
  return {
    add(facts: Facts): void {
      for (const word of wordsIn(facts, question)) {
        const key = String(word)
        if (key.toLowerCase().includes(wanted)) found.set(key, word)
      }
    },
    finish(): { items: Word[]; total: number } {
      const sorted = [...found.values()].toSorted(order)
      return { items: sorted.slice(0, most), total: sorted.length }
    },
  }
}

function order(a: Word, b: Word): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return String(a) < String(b) ? -1 : 1
}

function wordsIn(facts: Facts, { of, name }: FieldQuestion): Iterable<Word> {
  switch (of) {
    case 'order':
      return orderValues(facts.orders, name).words
    case 'ticket':
      return ticketWords(facts, name)
    case 'rating':
      return name === 'reason' ? facts.ratings.reason.words : []
    case 'tag':
      return facts.observations.name.words
        .filter((word) => typeof word === 'string' && word.startsWith(TAG))
        .map((word) => String(word).slice(TAG.length))
    case 'trait':
      return traitWords(facts, `trait:${name}`)
  }
}

function ticketWords({ tickets }: Facts, name: string): readonly Word[] {
  if (name === 'channel' || name === 'type' || name === 'status' || name === 'tag') {
    return tickets[name].words
  }
  const fields: readonly NamedColumn[] = tickets.fields
  return fields.find((one) => one.name === name)?.column.words ?? []
}

function* traitWords({ observations }: Facts, name: string): Generator<Word> {
  const { codes, words } = observations.name
  const code = words.indexOf(name)
  if (code < 0) return
  for (let row = 0; row < codes.length; row += 1) {
    if (codes[row] === code) yield* wordsOf(observations.value, row)
  }
}

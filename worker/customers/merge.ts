import { concatFacts } from './concat.ts'
import type { Facts } from './facts.ts'
import { takePersons } from './take.ts'

/** Complete facts with the persons marked in `skip` left out and those of the tail put in, by person. */
export function mergeTail(facts: Facts, skip: Uint8Array, tail: Facts): Facts {
  const kept = Int32Array.from(skip.keys()).filter((i) => skip[i] === 0)
  const all = concatFacts([takePersons(facts, kept), tail])
  const { persons } = all
  const order = Int32Array.from(persons.keys()).toSorted(
    (a, b) => (persons[a] ?? 0) - (persons[b] ?? 0),
  )
  return takePersons(all, order)
}

import type { MessageLabel } from './catalog.ts'
import { featuresOf } from './features.ts'
import { maskPersonal } from './mask.ts'
import type { Model } from './model.ts'
import { classOf, IDEOGRAPH, SIGN, SPACE } from './script.ts'
import { normalise } from './text.ts'

/** A stretch of the message that moved its score. */
export interface Evidence {
  /** The words as they were written, with personal data hidden. */
  text: string
  /** Share of the pull in this direction over the whole message, in (0, 1]. */
  share: number
}

interface Unit {
  from: number
  to: number
  pull: number
  /** Ends a sentence: no span goes across. */
  stop: boolean
}

/** Longest span in characters; words are never cut. */
const longest = 48
const longestIdeographs = 20

/** Pull of every character of a normalised text on polarity: each feature's weight spread over its stretch. */
function pulls(model: Model, text: string): Float64Array {
  const features = featuresOf(text)
  const pull = new Float64Array(text.length)
  for (let i = 0; i < features.count; i++) {
    const weight = model.weights[2 * ((features.hash[i] ?? 0) & model.mask)] ?? 0
    if (weight === 0) continue
    const from = features.from[i] ?? 0
    const to = features.to[i] ?? 0
    const each = weight / (to - from)
    for (let at = from; at < to; at++) pull[at] = (pull[at] ?? 0) + each
  }
  return pull
}

/** Words of segmented scripts, single ideographs, and signs. */
function unitsOf(text: string, pull: Float64Array): Unit[] {
  const units: Unit[] = []
  let at = 0
  while (at < text.length) {
    const kind = classOf(text.charCodeAt(at))
    let end = at + 1
    if (kind !== IDEOGRAPH)
      while (end < text.length && classOf(text.charCodeAt(end)) === kind) end++
    if (kind !== SPACE) {
      let sum = 0
      for (let i = at; i < end; i++) sum += pull[i] ?? 0
      const stop = kind === SIGN && /[.!?;,。！？；，、]/u.test(text.slice(at, end))
      units.push({ from: at, to: end, pull: sum, stop })
    }
    at = end
  }
  return units
}

/** What every unit of a span must add to be worth its room, as a share of the whole pull. */
const wordToll = 0.04
const ideographToll = 0.01

/** The span with the largest pull in one direction, tolls paid, that crosses no stop and no used unit. */
function strongest(
  units: readonly Unit[],
  used: ReadonlySet<number>,
  worth: Float64Array,
  text: string,
) {
  let best = { first: -1, last: -1, sum: 0 }
  for (let first = 0; first < units.length; first++) {
    const start = units[first]
    // A span that starts with a loss is worse than the same span without it.
    if (start === undefined || start.stop || (worth[first] ?? 0) <= 0) continue
    const limit = classOf(text.charCodeAt(start.from)) === IDEOGRAPH ? longestIdeographs : longest
    let sum = 0
    for (let last = first; last < units.length; last++) {
      const unit = units[last]
      if (unit === undefined || unit.stop || used.has(last) || unit.to - start.from > limit) break
      sum += worth[last] ?? 0
      if (sum > best.sum) best = { first, last, sum }
    }
  }
  return best
}

/** Ideographs left over at a clause's edge that are shown with a span, so that no word is cut. */
const edge = 3

function pullBetween(units: readonly Unit[], first: number, last: number): number {
  return units.slice(first, last + 1).reduce((sum, { pull }) => sum + pull, 0)
}

/** The span, widened to the edge of its clause when that is near and says nothing against it. */
function widened(
  units: readonly Unit[],
  used: ReadonlySet<number>,
  text: string,
  first: number,
  last: number,
) {
  const joins = (index: number) => {
    const unit = units[index]
    if (unit === undefined || unit.stop || used.has(index)) return false
    return classOf(text.charCodeAt(unit.from)) === IDEOGRAPH
  }
  let start = first
  let end = last
  if (!joins(first) || !joins(last)) return { start, end }
  while (joins(start - 1)) start--
  while (joins(end + 1)) end++
  if (first - start > edge) start = first
  if (end - last > edge) end = last
  const before = pullBetween(units, first, last)
  const kept = pullBetween(units, start, end) / before
  return kept >= 0.5 ? { start, end } : { start: first, end: last }
}

/** Weakest span worth showing, as a share of the whole pull in its direction. */
const leastShare = 0.08

/**
 * At most `limit` stretches of a cleaned message that pulled its score to the label, strongest first; none for
 * a neutral one.
 */
export function evidenceOf(
  model: Model,
  original: string,
  label: MessageLabel,
  limit = 3,
): Evidence[] {
  if (label === 'neutral') return []
  const sign = label === 'positive' ? 1 : -1
  const { text, origin } = normalise(original)
  const units = unitsOf(text, pulls(model, text))
  const whole = units.reduce((sum, { pull }) => sum + Math.max(0, pull * sign), 0)
  const worth = Float64Array.from(units, (unit) => {
    const ideograph = classOf(text.charCodeAt(unit.from)) === IDEOGRAPH
    return unit.pull * sign - whole * (ideograph ? ideographToll : wordToll)
  })
  const used = new Set<number>()
  const found: Evidence[] = []
  while (found.length < limit) {
    const { first, last } = strongest(units, used, worth, text)
    const pull = pullBetween(units, first, last) * sign
    const { start, end } = widened(units, used, text, first, last)
    const from = units[start]?.from
    const to = units[end]?.to
    if (first < 0 || from === undefined || to === undefined || pull < whole * leastShare) break
    const words = original.slice(origin[from], origin[to]).trim()
    found.push({ text: maskPersonal(words), share: Math.round((pull / whole) * 1000) / 1000 })
    for (let i = start; i <= end; i++) used.add(i)
  }
  return found
}

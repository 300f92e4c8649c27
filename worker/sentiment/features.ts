import { scopesOf } from './negation.ts'
import { HANGUL, IDEOGRAPH, WORD } from './script.ts'
import { endsSentence, type Token, tokensOf } from './tokens.ts'

/** Features of a normalised text: a 32-bit hash each, and the stretch of text it was made from. */
export interface Features {
  count: number
  hash: Uint32Array
  from: Uint16Array
  to: Uint16Array
}

/** Longest normalised text that is read; cleaning cuts earlier. */
export const MAX_CHARACTERS = 8_000

const capacity = 140_000
const scratch: Features = {
  count: 0,
  hash: new Uint32Array(capacity),
  from: new Uint16Array(capacity),
  to: new Uint16Array(capacity),
}

const kinds = {
  word: 1,
  pair: 2,
  denied: 3,
  chars: 4,
  hangul: 5,
  deniedHangul: 6,
  ideographs: 7,
  deniedIdeographs: 8,
  sign: 9,
  deniedChars: 10,
} as const
type Kind = (typeof kinds)[keyof typeof kinds]

function seed(kind: Kind): number {
  return Math.imul(kind, 0x9e3779b1) ^ 0x811c9dc5
}

function mix(hash: number, code: number): number {
  return Math.imul(hash ^ code, 0x01000193) + 0x7ed55d16
}

/** Spreads the bits (the finaliser of MurmurHash3, public domain). */
function finish(hash: number): number {
  let h = hash ^ (hash >>> 16)
  h = Math.imul(h, 0x85ebca6b)
  h ^= h >>> 13
  h = Math.imul(h, 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

function emit(hash: number, from: number, to: number): void {
  const at = scratch.count
  if (at >= capacity) return
  scratch.hash[at] = finish(hash)
  scratch.from[at] = from
  scratch.to[at] = to
  scratch.count = at + 1
}

function hashOf(kind: Kind, text: string, from: number, to: number): number {
  let hash = seed(kind)
  for (let i = from; i < to; i++) hash = mix(hash, text.charCodeAt(i))
  return hash
}

/** Every n-gram of `low` to `high` characters in [from, to), hashed as it grows. */
function grams(kind: Kind, text: string, from: number, to: number, low: number, high: number) {
  for (let start = from; start < to; start++) {
    const last = Math.min(to, start + high)
    let hash = seed(kind)
    for (let end = start; end < last; end++) {
      hash = mix(hash, text.charCodeAt(end))
      if (end - start + 1 >= low) emit(hash, start, end + 1)
    }
  }
}

const BOUNDARY = 0x20

/** Character 3- to 5-grams of a word with its boundaries. */
function wordGrams(kind: Kind, text: string, from: number, to: number): void {
  const size = to - from + 2
  for (let start = 0; start < size - 2; start++) {
    const last = Math.min(size, start + 5)
    let hash = seed(kind)
    for (let i = start; i < last; i++) {
      hash = mix(hash, i === 0 || i === size - 1 ? BOUNDARY : text.charCodeAt(from + i - 1))
      const length = i - start + 1
      if (length >= 3 && length < size)
        emit(hash, Math.max(from, from + start - 1), Math.min(to, from + i))
    }
  }
}

interface Previous {
  hash: number
  from: number
}

/** The word itself and with the one before it. */
function words(text: string, token: Token, previous: Previous): void {
  const { from, to, denied } = token
  const own = hashOf(kinds.word, text, from, to)
  emit(denied ? hashOf(kinds.denied, text, from, to) : own, from, to)
  if (previous.hash !== 0) emit(mix(own, previous.hash) ^ seed(kinds.pair), previous.from, to)
  previous.hash = own
  previous.from = from
}

/** Grams of an ideographic run; those that lie wholly in the scope of a negation are of another kind. */
function ideographs(text: string, from: number, to: number): void {
  const run = text.slice(from, to)
  const kana = /[\u3041-\u30ff]/u.test(run)
  const scopes = scopesOf(run, kana)
  if (scopes.length === 0) {
    grams(kinds.ideographs, text, from, to, 1, 3)
    return
  }
  const end = new Uint16Array(to - from)
  for (const scope of scopes) end.fill(scope.to, scope.from, scope.to)
  for (let start = 0; start < run.length; start++) {
    const scopeEnd = end[start] ?? 0
    let plain = seed(kinds.ideographs)
    let denied = seed(kinds.deniedIdeographs)
    for (let i = start; i < Math.min(run.length, start + 3); i++) {
      const code = run.charCodeAt(i)
      plain = mix(plain, code)
      denied = mix(denied, code)
      emit(i < scopeEnd ? denied : plain, from + start, from + i + 1)
    }
  }
}

/** Runs of signs: emoji one by one, punctuation as a whole ("!!", "...", ":("). */
function signs(text: string, from: number, to: number): void {
  let at = from
  while (at < to) {
    const point = text.codePointAt(at) ?? 0
    let end = at + (point > 0xffff ? 2 : 1)
    if (point < 0x2190) while (end < to && text.charCodeAt(end) < 0x2190) end++
    emit(hashOf(kinds.sign, text, at, Math.min(end, at + 4)), at, end)
    at = end
  }
}

/**
 * Features of a text made by `normalise`: words, word pairs, character n-grams of segmented scripts, syllable
 * n-grams of Hangul, n-grams of ideographs, signs. What a negation covers has features of its own kind. What
 * follows the last contrast counts twice. The result is reused by the next call.
 */
export function featuresOf(text: string): Features {
  scratch.count = 0
  const { tokens, turn } = tokensOf(text, Math.min(text.length, MAX_CHARACTERS))
  const previous: Previous = { hash: 0, from: 0 }
  for (const token of tokens) {
    const { kind, from, to, denied } = token
    const first = scratch.count
    if (kind === WORD) {
      words(text, token, previous)
      wordGrams(denied ? kinds.deniedChars : kinds.chars, text, from, to)
    } else if (kind === HANGUL) {
      words(text, token, previous)
      grams(denied ? kinds.deniedHangul : kinds.hangul, text, from, to, 1, 3)
    } else if (kind === IDEOGRAPH) ideographs(text, from, to)
    else signs(text, from, to)
    if (endsSentence(text, token)) previous.hash = 0
    if (turn > 0 && from >= turn) repeat(first)
  }
  return scratch
}

/** Emits once more what was emitted from `first` on. */
function repeat(first: number): void {
  const last = Math.min(scratch.count, capacity - (scratch.count - first))
  for (let i = first; i < last; i++) {
    const at = scratch.count
    scratch.hash[at] = scratch.hash[i] ?? 0
    scratch.from[at] = scratch.from[i] ?? 0
    scratch.to[at] = scratch.to[i] ?? 0
    scratch.count = at + 1
  }
}

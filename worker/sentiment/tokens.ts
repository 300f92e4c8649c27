import {
  contrasts,
  contrastsHangul,
  deniesBackHangul,
  deniesNext,
  deniesNextHangul,
  endsClauseHangul,
  lastContrast,
} from './negation.ts'
import { classOf, HANGUL, IDEOGRAPH, SIGN, SPACE, WORD } from './script.ts'

/** A run of one class of characters in a normalised text. */
export interface Token {
  kind: number
  from: number
  to: number
  /** Stands in the scope of a negation. */
  denied: boolean
}

/** Tokens of a text, and where its last contrasting clause ("…, but …") starts; 0 when there is none. */
export interface Tokens {
  tokens: Token[]
  turn: number
}

const longestToken = { [WORD]: 40, [HANGUL]: 60 } as const
const closing = /[.!?;,。！？；，、\n]/u
const sentenceEnd = /[.!?;。！？；\n]/u
const reachAhead = 3
const reachBack = 2

/** Marks the Hangul words before a denying one, back to the end of a clause. */
function denyBack(tokens: readonly Token[], text: string, last: number): void {
  let left = reachBack
  for (let i = last - 1; i >= 0 && left > 0; i--) {
    const token = tokens[i]
    if (token === undefined || token.kind === SIGN) return
    if (token.kind !== HANGUL) continue
    if (endsClauseHangul(text.slice(token.from, token.to))) return
    token.denied = true
    left--
  }
}

/** Splits a normalised text into tokens, marks what is denied and finds the last turn. */
export function tokensOf(text: string, length: number): Tokens {
  const tokens: Token[] = []
  let turn = 0
  let denied = 0
  let at = 0
  while (at < length) {
    const kind = classOf(text.charCodeAt(at))
    let end = at + 1
    while (end < length && classOf(text.charCodeAt(end)) === kind) end++
    if (kind !== SPACE) {
      const limit = kind === WORD || kind === HANGUL ? longestToken[kind] : length
      const token = { kind, from: at, to: Math.min(end, at + limit), denied: false }
      const value = text.slice(token.from, token.to)
      tokens.push(token)
      if (kind === WORD) {
        if (denied > 0) {
          token.denied = true
          denied--
        }
        if (contrasts(value)) {
          turn = end
          denied = 0
          token.denied = false
        }
        if (deniesNext(value)) denied = reachAhead
      } else if (kind === HANGUL) {
        if (denied > 0) token.denied = true
        denied = deniesNextHangul(value) ? 1 : 0
        if (deniesBackHangul(value)) denyBack(tokens, text, tokens.length - 1)
        if (contrastsHangul(value)) turn = end
      } else if (kind === IDEOGRAPH) {
        const contrast = lastContrast(value)
        if (contrast > 0) turn = at + contrast
      } else if (closing.test(value)) denied = 0
    }
    at = end
  }
  return { tokens, turn }
}

/** Does a run of signs end a sentence? Word pairs do not reach across. */
export function endsSentence(text: string, token: Token): boolean {
  return token.kind === SIGN && sentenceEnd.test(text.slice(token.from, token.to))
}

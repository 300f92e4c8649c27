import { isAutomatic, type Origin } from './automatic.ts'
import { withoutCourtesy } from './courtesy.ts'
import { htmlToText } from './html.ts'
import { ownWords } from './quotes.ts'

/** Why a message is not scored. */
export type Unscored = 'automatic' | 'empty'

/** Words of a message to be scored, or why there are none. */
export type Cleaned = { text: string; unscored: null } | { text: null; unscored: Unscored }

/** A message as it came in: HTML where there is any, else plain text, and where it came from. */
export interface Message extends Origin {
  html?: string
  text?: string
}

const keptStart = 2_500
const keptEnd = 1_500

/** Beginning and end of a very long text: people open with the matter and end with the mood. */
function bounded(text: string): string {
  if (text.length <= keptStart + keptEnd) return text
  return `${text.slice(0, keptStart)}\n${text.slice(-keptEnd)}`
}

const hasEmoji = /(?![0-9#*©®™])\p{Extended_Pictographic}|(?<!\w)[:;=][-']?[()DPp/|]|<3/u

/** At least two letters outside codes, links and addresses, or an emoji. */
function saysSomething(text: string): boolean {
  let letters = 0
  for (const word of text.split(/[\s，。！？；：、（）]+/u)) {
    if (hasEmoji.test(word)) return true
    const codeLike = /[0-9@]|:\/\/|www\./u.test(word)
    letters += word.match(codeLike ? /[\u0900-\u{3ffff}]/gu : /\p{L}/gu)?.length ?? 0
    if (letters >= 2) return true
  }
  return false
}

/** What the sender said, ready for scoring; at most about 4,000 characters. */
export function cleanMessage(message: Message): Cleaned {
  const written = message.html === undefined ? (message.text ?? '') : htmlToText(message.html)
  const own = ownWords(written)
  if (isAutomatic(message, own)) return { text: null, unscored: 'automatic' }
  const text = bounded(withoutCourtesy(own)).trim()
  return saysSomething(text) ? { text, unscored: null } : { text: null, unscored: 'empty' }
}

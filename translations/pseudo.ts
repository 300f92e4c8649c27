import type { Message, Part } from '../app/message.ts'

const accented = new Map(
  [...'aàbƀcçdðeéfƒgĝhĥiîjĵkķlļmɱnñoôpþqɋrŕsštţuûvṽwŵxẋyýzž'].reduce<[string, string][]>(
    (pairs, letter, index, letters) =>
      index % 2 === 0 ? [...pairs, [letter, letters[index + 1] ?? letter]] : pairs,
    [],
  ),
)

/** Accents every letter and lengthens the text by two fifths: what overflows here, overflows in German. */
export function pseudoText(text: string): string {
  const letters = [...text].map((letter) => {
    const found = accented.get(letter.toLowerCase()) ?? letter
    return letter === letter.toLowerCase() ? found : found.toUpperCase()
  })
  const extra = Math.ceil(text.replace(/[^a-z]/gi, '').length * 0.4)
  return letters.join('') + '·'.repeat(extra)
}

/** A compiled message in the pseudo language; arguments stay as they are. */
export function pseudoMessage(message: Message): Message {
  if (typeof message === 'string') return pseudoText(message)
  return message.map(pseudoPart)
}

function pseudoPart(part: Part): Part {
  if (typeof part === 'string') return pseudoText(part)
  if (part.length === 1 || part[0] === 0) return part
  const options = Object.fromEntries(
    Object.entries(part[0] === 3 ? part[2] : part[3]).map(([key, branch]) => [
      key,
      branch.map(pseudoPart),
    ]),
  )
  return part[0] === 3 ? [3, part[1], options] : [part[0], part[1], part[2], options]
}

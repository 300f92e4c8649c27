const sentence = /[^.!?。！？]*[.!?。！？]*\s*/gu

function lettersOf(text: string): number {
  return text.match(/\p{L}/gu)?.length ?? 0
}

/** Sentences of a normalised text; a piece with fewer than two letters belongs to the one before it. */
export function sentencesOf(text: string): string[] {
  const found: string[] = []
  for (const [piece] of text.matchAll(sentence)) {
    if (piece === '') continue
    const last = found.length - 1
    if (last >= 0 && lettersOf(piece) < 2) found[last] += piece
    else found.push(piece)
  }
  return found
}

/** Words that turn what follows, in languages that put the negation first. */
const before = new Set(
  (
    "not no never none nobody nothing neither nor cannot cant can't dont don't doesn't didn't isn't wasn't aren't weren't won't wouldn't couldn't shouldn't haven't hasn't hadn't ain't without hardly barely " +
    'não nao nunca nem jamais nada nenhum nenhuma ninguém sem tampouco ' +
    'no nunca jamás sin ningún ninguna tampoco ' +
    'ne pas jamais rien aucun aucune sans ni ' +
    'nicht kein keine keinen keinem keiner keines nie niemals nichts ohne ' +
    'non mai niente nessun nessuna nessuno senza niet geen nooit niets zonder ' +
    'nie nigdy bez nic ale inte aldrig ingen inga inget utan ikke aldri ' +
    'ne nikdy žádný žádná bez nu niciodată fără nimic ' +
    'tidak tak bukan belum jangan kurang không chẳng chưa đừng не нет никогда без لا ليس لم لن غير بدون değil yok hiç'
  ).split(' '),
)

/** Hangul words that stand before what they deny. */
const hangulBefore = new Set(['안', '못', '전혀'])

/** Does this word deny the words after it? */
export function deniesNext(word: string): boolean {
  return before.has(word) || (word.length > 3 && word.endsWith("n't"))
}

/** Does this Hangul word deny the word after it? */
export function deniesNextHangul(word: string): boolean {
  return hangulBefore.has(word)
}

const hangulAfter = /[없않]|아니[^요라]|아닌|아닙|못하|못했/u

/** Does this Hangul word deny the words before it (없다, 않다, 아니다, 못하다)? */
export function deniesBackHangul(word: string): boolean {
  return hangulAfter.test(word)
}

const hangulClause = /(?:고|며|면서|서|니까|지만|는데|은데|한데|요|다|네)$/u

/** Does this Hangul word end a clause, so that a later negation does not reach it? */
export function endsClauseHangul(word: string): boolean {
  return word.length > 1 && hangulClause.test(word)
}

const japanese = /ない|なく|なかっ|なけれ|なし|無し|ません|ず(?=に|、|。|$)|ぬ/gu
const chinese = /[不没沒無无未别別非莫勿]/gu

/** A stretch of an ideographic run that a negation covers, as offsets into the run. */
export interface Scope {
  from: number
  to: number
}

const reachBack = 7
const reachAhead = 5

/** What negations of an ideographic run cover: in Japanese what stands before them, else what follows. */
export function scopesOf(run: string, kana: boolean): Scope[] {
  const scopes: Scope[] = []
  for (const match of run.matchAll(kana ? japanese : chinese)) {
    const { index } = match
    if (kana) scopes.push({ from: Math.max(0, index - reachBack), to: index })
    else scopes.push({ from: index + 1, to: Math.min(run.length, index + 1 + reachAhead) })
  }
  return scopes
}

const contrastWords = new Set(
  'but however mas porém contudo pero aber jedoch cependant ma però maar tetapi tapi ama fakat'.split(
    ' ',
  ),
)
const contrastIdeographs = /但是|可是|不过|然而|但|けれど|けど|しかし|ですが|ますが|แต่/gu
const contrastHangul = /지만$|^(?:하지만|그러나)$/u

/** Does this word open a contrasting clause? */
export function contrasts(word: string): boolean {
  return contrastWords.has(word)
}

/** Does this Hangul word close a clause that the next one contrasts with? */
export function contrastsHangul(word: string): boolean {
  return contrastHangul.test(word)
}

/** Offset after the last contrast of an ideographic run, or 0. */
export function lastContrast(run: string): number {
  let last = 0
  for (const match of run.matchAll(contrastIdeographs)) {
    const end = match.index + match[0].length
    if (end < run.length) last = end
  }
  return last
}

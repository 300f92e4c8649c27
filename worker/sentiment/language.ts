import { classOf, HANGUL, IDEOGRAPH, SPACE, WORD } from './script.ts'

/** Groups of texts with thresholds of their own: the labels of their training data differ. */
export const LANGUAGES = [
  'other',
  'en',
  'pt',
  'es',
  'fr',
  'de',
  'it',
  'nl',
  'id',
  'ko',
  'zh',
  'ja',
  'th',
] as const
export type Language = (typeof LANGUAGES)[number]

/** Frequent words that few other of these languages have. */
const markers: readonly [Language, string][] = [
  [
    'en',
    "the a an is was are were be been i i'm i've you your my we our it it's this that these those and or not of to for with on at have has had do does did don't can can't could would will what when where how why which please thanks thank hello hi yes just very never still all there from by if they he she me us is any after again",
  ],
  [
    'pt',
    'o os as um uma é são está estou foi não sim eu você vocês meu minha meus nos que de do da dos das em na no ao para por com sem mas muito mais já ainda até quando onde como qual obrigado obrigada olá bom boa pedido chegou comprei recebi quero gostaria posso tem veio loja produto amei adorei isso esse essa',
  ],
  [
    'es',
    'el la los las un una es está estoy fue no sí yo usted ustedes mi mis que de del en al para por con sin pero muy más ya todavía cuando dónde cómo cuál gracias hola buenos buenas pedido llegó compré quiero puedo tiene y lo le se',
  ],
  [
    'fr',
    "le la les un une des du est sont été je j'ai vous votre mon ma mes nous que qui de dans au aux pour par avec sans mais très plus déjà encore quand où comment merci bonjour et pas ne ce cette c'est il elle",
  ],
  [
    'de',
    'der die das den dem ein eine einen ist sind war ich sie ihr ihre mein meine wir und oder nicht kein keine auf mit für von zu bei noch schon wann wo wie warum bitte danke hallo sehr es habe hat wurde',
  ],
  [
    'it',
    'il lo la gli le un una è sono stato io voi mio mia che di del della nel per con senza ma molto più già ancora quando dove come grazie buongiorno e non questo questa ho hanno',
  ],
  [
    'nl',
    'de het een is zijn was ik u uw mijn wij we en of niet geen op met voor van naar nog al wanneer waar hoe waarom graag bedankt dank hallo zeer heel dit dat heb heeft',
  ],
  [
    'id',
    'yang dan di ke dari untuk dengan tidak ini itu saya kami anda ada sudah belum akan bisa sangat tapi juga karena sama kalau mau nya banget enak tempat',
  ],
]

const words = new Map<string, number[]>()
for (const [language, list] of markers)
  for (const word of list.split(' ')) {
    const found = words.get(word) ?? []
    found.push(LANGUAGES.indexOf(language))
    words.set(word, found)
  }

const portuguese = LANGUAGES.indexOf('pt')

/** Votes of one word: markers count by rarity, letters that only Portuguese has count too. */
function vote(word: string, votes: Float64Array): void {
  const languages = words.get(word)
  if (languages !== undefined)
    for (const language of languages)
      votes[language] = (votes[language] ?? 0) + 1 / languages.length
  if (/[ãõ]|ção|lh[oa]/u.test(word)) votes[portuguese] = (votes[portuguese] ?? 0) + 1
}

/**
 * Index in LANGUAGES of the language a normalised text is written in: by script, and among languages in Latin
 * letters by function words. A guess good enough to choose a threshold; plain ASCII without any marker is
 * taken for English.
 */
export function languageOf(text: string): number {
  let latin = 0
  let accents = 0
  let hangul = 0
  let kana = 0
  let han = 0
  let thai = 0
  let other = 0
  const votes = new Float64Array(LANGUAGES.length)
  let at = 0
  while (at < text.length) {
    const code = text.charCodeAt(at)
    const kind = classOf(code)
    let end = at + 1
    if (kind === WORD) {
      while (end < text.length && classOf(text.charCodeAt(end)) === WORD) end++
      const basic = code < 0x250 || (code >= 0x1e00 && code < 0x1f00)
      if (basic) latin += end - at
      else other += end - at
      if (basic && end - at <= 12) vote(text.slice(at, end), votes)
      for (let i = at; i < end; i++) if (text.charCodeAt(i) > 0x7f) accents++
    } else if (kind === HANGUL) hangul += 2
    else if (kind === IDEOGRAPH) {
      if (code >= 0x3041 && code <= 0x30ff) kana += 2
      else if (code >= 0x0e00 && code <= 0x0e7f) thai++
      else if (code >= 0x2e80 || code === 0x3005) han += 2
      else other++
    } else if (kind !== SPACE) end = at + 1
    at = end
  }
  const cjk = kana + han
  const most = Math.max(latin, hangul, cjk, thai, other)
  if (most === 0 || most === other) return LANGUAGES.indexOf('other')
  if (most === hangul) return LANGUAGES.indexOf('ko')
  if (most === cjk) return LANGUAGES.indexOf(kana * 10 >= cjk ? 'ja' : 'zh')
  if (most === thai) return LANGUAGES.indexOf('th')
  let best = 0
  for (let i = 1; i < votes.length; i++) if ((votes[i] ?? 0) > (votes[best] ?? 0)) best = i
  if (best === 0 && accents === 0) return LANGUAGES.indexOf('en')
  return best
}

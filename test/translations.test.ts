import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Message, Part } from '../app/message.ts'
import { argumentsOf, compileMessage } from '../translations/compile.ts'
import { isPageWord } from '../translations/page-words.ts'
import { messagesOf, pseudoLocales, wordsOf, writtenLocales } from '../translations/plugin.ts'

const root = join(import.meta.dirname, '..')
const english = wordsOf('en')
const others = writtenLocales().filter((locale) => locale !== 'en')

/** The app's own sources, for the words that they use. */
const sources = readdirSync(join(root, 'app'), { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => readFileSync(join(root, 'app', name), 'utf8'))
  .join('\n')

/** Keys made at run time, by the part that stands in the source. */
const families = [
  'segment.',
  'fact.',
  'need.',
  'property.',
  'order.',
  'payment.',
  'fulfilment.',
  'ticket.letter.',
  'ticket.status.',
  'failure.',
  'start.',
  'key.',
  'candidates.by.',
  'define.',
  'unit.',
  'hours.',
  'basis.',
  'stream.',
  'streamState.',
  'trouble.',
  'mood.',
  'inquiries.by.',
  'push.field.',
  'push.starter.',
  'push.cause.',
  'push.outcome.',
  'push.why.',
  'rule.',
  'template.',
  'settings.scope.',
  'segmentation.',
  'drawer.move.',
  'journeys.node.',
  'journeys.outcome.',
  'journeys.template.',
  'journeys.view.',
  'journeys.who.',
]

function pluralsOf(message: Message): string[][] {
  const found: string[][] = []
  const visit = (part: Part) => {
    if (typeof part === 'string' || part.length === 1 || part[0] === 0) return
    const options = part[0] === 3 ? part[2] : part[3]
    if (part[0] !== 3) found.push(Object.keys(options))
    for (const branch of Object.values(options)) branch.forEach(visit)
  }
  if (typeof message !== 'string') message.forEach(visit)
  return found
}

it('has nine languages', () => {
  const nine = ['en', 'ar', 'de', 'es', 'fr', 'ja', 'ko', 'pt-br', 'zh-cn']
  expect(writtenLocales()).toEqual(nine)
})

it('the sidebar names no word that only pages load', () => {
  const places = ['sidebar', 'card', 'ui']
  const names = readdirSync(join(root, 'app'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .filter((name) => !name.includes('/') || places.some((place) => name.startsWith(`${place}/`)))
  const used = names.flatMap((name) => {
    const text = readFileSync(join(root, 'app', name), 'utf8')
    return [...text.matchAll(/[^\w.](?:t|maybe)\(\s*['`]([\w.]+)/g)].map(([, key = '']) => key)
  })
  expect(used.length).toBeGreaterThan(50)
  expect(used.filter(isPageWord)).toEqual([])
})

describe.each(others)('%s', (locale) => {
  const words = wordsOf(locale)

  it('has the keys of English, in the same order', () => {
    expect(Object.keys(words)).toEqual(Object.keys(english))
  })

  it('takes the same arguments as English in every message', () => {
    for (const [key, icu] of Object.entries(words)) {
      expect([key, argumentsOf(compileMessage(icu))]).toEqual([
        key,
        argumentsOf(compileMessage(english[key] ?? '')),
      ])
    }
  })

  it('is translated: few messages are as in English', () => {
    // "no" is Spanish too.
    const shared = (key: string) => locale === 'es' && key === 'no'
    const same = Object.keys(words).filter((key) => words[key] === english[key] && !shared(key))
    expect(
      same.filter(
        (key) => !/^(?:ticket\.letter|segment\.vip$|rule\.said$|fact\.other$|reason\.)/.test(key),
      ),
    ).toEqual([])
  })
})

describe.each(writtenLocales())('plurals of %s', (locale) => {
  const categories = new Intl.PluralRules(locale).resolvedOptions().pluralCategories

  it('have every category of the language and no other', () => {
    for (const [key, icu] of Object.entries(wordsOf(locale))) {
      for (const options of pluralsOf(compileMessage(icu))) {
        const named = options.filter((option) => !option.startsWith('='))
        expect([key, named.toSorted()]).toEqual([key, [...categories].toSorted()])
      }
    }
  })
})

describe('use', () => {
  it('every message is used by the app', () => {
    const unused = Object.keys(english).filter(
      (key) => !sources.includes(`'${key}'`) && !families.some((family) => key.startsWith(family)),
    )
    expect(unused).toEqual([])
  })

  it('every family of run-time keys stands in the source', () => {
    const needles = families.filter(
      (family) => family !== 'need.' && family !== 'order.' && family !== 'start.',
    )
    expect(needles.filter((family) => !sources.includes(`\`${family}`))).toEqual([])
  })

  it('no text for people stands in the components', () => {
    const bare = readdirSync(join(root, 'app'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.tsx'))
      .flatMap((name) =>
        [
          ...readFileSync(join(root, 'app', name), 'utf8').matchAll(
            />\s*([A-Z][a-z]+(?: [a-z]+)+)\s*</g,
          ),
        ].map(([, text]) => `${name}: ${text}`),
      )
    expect(bare).toEqual([])
  })
})

describe('messagesOf', () => {
  it('makes pseudo locales with every key of English', () => {
    for (const locale of pseudoLocales) {
      expect(Object.keys(messagesOf(locale))).toEqual(Object.keys(english))
    }
    expect(messagesOf('en-xa')['retry']).not.toBe(english['retry'])
  })
})

describe('marketplace words', () => {
  it.each(writtenLocales())('%s has what the marketplace asks for', (locale) => {
    const { app }: { app: Record<string, string> } = JSON.parse(
      readFileSync(join(root, `translations/${locale}.json`), 'utf8'),
    )
    expect(Object.keys(app)).toEqual([
      'name',
      'short_description',
      'long_description',
      'installation_instructions',
    ])
    expect((app['short_description'] ?? '').length).toBeLessThanOrEqual(80)
  })
})

import { channelShares, channels, languagesOf, models, season, sources } from './catalogue.ts'
import type { ChannelKey } from './catalogue.ts'
import { minuteAt, monthOf } from './calendar.ts'
import type { Account, Frame, Person } from './draft.ts'
import { familyFirst, familyNames, givenNames, places } from './names.ts'
import type { Language } from './phrases/phrase.ts'
import { type Random, randomOf } from './random.ts'

/** How often somebody buys: mean days between orders, and the chance that another one follows. */
interface Habit {
  gap: number
  again: number
}

export interface Buyer {
  person: Person
  habit: Habit
  /** Day of the first order. */
  since: number
}

const buyerCount = 3000
const contactCount = 420

const habits: readonly (readonly [Habit, number])[] = [
  [{ gap: 0, again: 0 }, 42],
  [{ gap: 150, again: 0.74 }, 34],
  [{ gap: 60, again: 0.93 }, 19],
  [{ gap: 26, again: 0.97 }, 5],
]

/** A person of the language, without accounts. */
function somebody(random: Random, language: Language, index: number): Person & { latin: string } {
  const [given, latinGiven] = random.pick(givenNames[language])
  const [family, latinFamily] = random.pick(familyNames[language])
  const [city, country] = random.pick(places[language])
  const device = random.chance(0.8) ? 'phone' : 'tablet'
  const [model, os] = device === 'phone' ? random.pick(models.phone) : random.pick(models.tablet)
  const name = familyFirst.has(language)
    ? `${family}${language === 'ja' ? ' ' : ''}${given}`
    : `${given} ${family}`
  return {
    name,
    given: language === 'ja' ? family : language === 'zh' ? name : given,
    language,
    city,
    country,
    currency: language === 'pt' ? 'EUR' : 'GBP',
    device,
    model,
    os,
    source: random.weighted(sources),
    accounts: [],
    contact: {},
    newsletter: random.chance(0.4),
    latin: `${latinGiven}.${latinFamily}${index}`,
  }
}

/** Numbers that no telephone company hands out. */
function phoneOf(index: number): string {
  return `+82100${String(index).padStart(7, '0')}`
}

/** The record that a channel holds of a person; the marketplace shows a relay address only. */
export function accountOf(
  channel: ChannelKey,
  index: number,
  contact: Person['contact'],
  createdAt: number,
): Account {
  const id = `${channels[channel].prefix}:${index}`
  if (channel === 'bazarro') {
    const email = `buyer-${(index * 7919).toString(36)}@relay.bazarro.example`
    return { id, channel, email, verified: true, createdAt }
  }
  return { id, channel, ...contact, verified: true, createdAt }
}

/** More newcomers every year, and more of them before Christmas. */
function firstDay(random: Random, frame: Frame): number {
  const span = frame.today - frame.first
  for (;;) {
    const part = random.next()
    const day = frame.first + Math.floor(part * span)
    const demand = ((0.6 + 0.8 * part) / 1.4) * ((season[monthOf(day)] ?? 1) / 1.75)
    if (random.chance(demand)) return day
  }
}

function buyer(frame: Frame, index: number): Buyer {
  const random = randomOf(frame.seed, `buyer ${index}`)
  const channel = random.weighted(channelShares)
  const { latin, ...person } = somebody(random, random.weighted(languagesOf[channel]), index)
  const since = firstDay(random, frame)
  const createdAt = minuteAt(since, 300)
  const email = `${latin}@mail.example`
  const habit = random.weighted(habits)
  const both = channel !== 'bazarro' && random.chance(0.07)
  const contact = channel === 'pingo' || both ? { email, phone: phoneOf(index) } : { email }
  const accounts = [accountOf(channel, index, contact, createdAt)]
  if (both) {
    accounts.push(accountOf(channel === 'web' ? 'pingo' : 'web', index, contact, createdAt))
  }
  const relay = channel === 'bazarro' ? accounts[0]?.email : undefined
  return {
    person: {
      ...person,
      currency: channel === 'web' ? person.currency : 'GBP',
      accounts,
      contact: relay === undefined ? contact : { email: relay },
    },
    habit,
    since,
  }
}

/** Everybody who buys, chance people only. */
export function buyersOf(frame: Frame): Buyer[] {
  return Array.from({ length: buyerCount }, (_, index) => buyer(frame, index + 1001))
}

/** People who write without ever having bought. */
export function contactsOf(frame: Frame): Person[] {
  return Array.from({ length: contactCount }, (_, index) => {
    const random = randomOf(frame.seed, `contact ${index}`)
    const language = random.weighted<Language>([
      ['en', 40],
      ['ko', 20],
      ['zh', 14],
      ['ja', 14],
      ['pt', 12],
    ])
    const { latin, ...person } = somebody(random, language, index + 8001)
    return { ...person, contact: { email: `${latin}@mail.example` } }
  })
}

import type { Agent, Schedule } from '../world.ts'
import { minuteAt, timeZone, wallOf, weekday } from './calendar.ts'
import type { Language, Topic } from './phrases/phrase.ts'
import type { Random } from './random.ts'

/** An agent with what the help desk does not know: languages, and how good and fast the work is. */
export interface Colleague extends Agent {
  languages: readonly Language[]
  /** Added to the chance of a happy end. */
  skill: number
  /** Multiplies the time until an answer. */
  pace: number
}

export const groups = ['Delivery', 'Returns', 'Product help'] as const

export const colleagues: readonly Colleague[] = [
  {
    id: '501',
    name: 'Maeve Linley',
    email: 'maeve@ternandthistle.example',
    role: 'admin',
    group: 'Delivery',
    locale: 'en-GB',
    languages: ['en'],
    skill: 0.06,
    pace: 0.8,
  },
  {
    id: '502',
    name: 'Tomasz Wrona',
    email: 'tomasz@ternandthistle.example',
    role: 'agent',
    group: 'Delivery',
    locale: 'en-GB',
    languages: ['en'],
    skill: -0.08,
    pace: 1.3,
  },
  {
    id: '503',
    name: 'Ji-woo Han',
    email: 'jiwoo@ternandthistle.example',
    role: 'agent',
    group: 'Product help',
    locale: 'ko',
    languages: ['ko', 'en'],
    skill: 0.05,
    pace: 0.9,
  },
  {
    id: '504',
    name: 'Yui Kanda',
    email: 'yui@ternandthistle.example',
    role: 'agent',
    group: 'Product help',
    locale: 'ja',
    languages: ['ja', 'en'],
    skill: 0.04,
    pace: 1,
  },
  {
    id: '505',
    name: 'Chen Rui',
    email: 'rui@ternandthistle.example',
    role: 'agent',
    group: 'Returns',
    locale: 'zh-cn',
    languages: ['zh', 'en'],
    skill: 0,
    pace: 1.1,
  },
  {
    id: '506',
    name: 'Inês Prado',
    email: 'ines@ternandthistle.example',
    role: 'agent',
    group: 'Returns',
    locale: 'pt',
    languages: ['pt', 'en'],
    skill: 0.07,
    pace: 0.7,
  },
  {
    id: '507',
    name: 'Femi Bello',
    email: 'femi@ternandthistle.example',
    role: 'agent',
    group: 'Returns',
    locale: 'en-GB',
    languages: ['en'],
    skill: 0.01,
    pace: 1,
  },
]

const groupOf: Record<Topic, (typeof groups)[number]> = {
  delivery: 'Delivery',
  address: 'Delivery',
  damaged: 'Returns',
  wrong_item: 'Returns',
  refund: 'Returns',
  fit: 'Product help',
  stock: 'Product help',
  praise: 'Product help',
}

/** Somebody who speaks the language, of the topic's group when there is one. */
export function assigneeOf(random: Random, language: Language, topic: Topic): Colleague {
  const speakers = colleagues.filter((each) => each.languages.includes(language))
  const experts = speakers.filter((each) => each.group === groupOf[topic])
  return random.pick(experts.length > 0 ? experts : speakers)
}

const weekdays = [1, 2, 3, 4, 5].map((day) => ({ day, start: '09:00', end: '18:00' }))

/** Monday to Friday 9 to 18, Saturday 10 to 14; closed at Christmas and New Year. */
export function scheduleFrom(from: string, to: string): Schedule {
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4)) + 2
  const holidays = Array.from({ length: years }, (_, index) => {
    const year = Number(from.slice(0, 4)) + index
    return [
      { from: `${year}-01-01`, to: `${year}-01-01` },
      { from: `${year}-12-25`, to: `${year}-12-26` },
    ]
  }).flat()
  return {
    from,
    timeZone,
    intervals: [...weekdays, { day: 6, start: '10:00', end: '14:00' }],
    holidays,
  }
}

function hoursOf(day: number): { start: number; end: number } | null {
  const date = new Date(day * 86_400_000)
  const [month, inMonth] = [date.getUTCMonth(), date.getUTCDate()]
  if ((month === 0 && inMonth === 1) || (month === 11 && (inMonth === 25 || inMonth === 26))) {
    return null
  }
  const of = weekday(day)
  if (of <= 5) return { start: 9 * 60, end: 18 * 60 }
  return of === 6 ? { start: 10 * 60, end: 14 * 60 } : null
}

/** Whether somebody is at work at this instant. */
export function isWorking(minute: number): boolean {
  const wall = wallOf(minute)
  const hours = hoursOf(wall.day)
  return hours !== null && wall.minute >= hours.start && wall.minute < hours.end
}

/** The instant at which so many minutes of work have passed since an instant. */
export function afterWork(from: number, minutes: number): number {
  const wall = wallOf(from)
  let { minute } = wall
  let rest = minutes
  for (let day = wall.day; ; day += 1, minute = 0) {
    const hours = hoursOf(day)
    if (hours === null || minute >= hours.end) continue
    const start = Math.max(minute, hours.start)
    if (start + rest < hours.end) return minuteAt(day, start + rest)
    rest -= hours.end - start
  }
}

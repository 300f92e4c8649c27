import { AppError } from '../errors.ts'
import type { AppContext } from '../http.ts'
import type { Facts } from '../customers/facts.ts'
import type { Need } from '../customers/slices.ts'
import { linesNow } from '../lines.ts'
import { eachRange } from '../load.ts'
import { workingHours, workingTime } from '../schedule.ts'
import { compile } from '../segments/compile.ts'
import { isMember } from '../segments/membership.ts'
import { needsOfSegments } from '../segments/needs.ts'
import { listSegments } from '../segments/store.ts'
import { dayCounter, type Day, parseDay } from '../time.ts'
import { casesIn, type FoundCase, needsOfMethod } from './collect.ts'
import { type Method, sinceOf } from './method.ts'
import { figuresOf } from './outcome.ts'
import { listMethods, readSayings } from './store.ts'

const HOUR = 3_600_000

/** A period as it is asked for. */
interface Asked {
  from?: string | undefined
  to?: string | undefined
}

/** A method of the account; 404 when there is none of this id. */
export async function methodOf(c: AppContext, id: string): Promise<Method> {
  const methods = await listMethods(c.get('db'), c.get('account').id)
  const found = methods.find((one) => one.id === id)
  if (found === undefined) throw new AppError('not_found', 'There is no such method.')
  return found
}

interface Period {
  from: Day
  to: Day
}

/** The days that are asked for; the method's own beginning and today where they are not said. */
export function periodOf(c: AppContext, method: Method, query: Asked): Period {
  const today = todayOf(c)
  const from = (query.from && parseDay(query.from)) || sinceOf(method, today)
  const to = (query.to && parseDay(query.to)) || today
  if (to < from) throw new AppError('invalid', 'to: before from.')
  return { from, to }
}

function todayOf(c: AppContext): Day {
  return dayCounter(c.get('account').timeZone)(c.get('now'))
}

/** What an analysis asks for besides. */
export interface Besides {
  /** Durations count working time only. */
  business?: boolean
  /** The person's segments on the day of the opening are told. */
  segments?: boolean
}

/** All cases of some methods that were opened in a period, in one pass over the columns. */
export async function collect(
  c: AppContext,
  methods: readonly Method[],
  period: Period,
  { business = false, segments = false }: Besides = {},
): Promise<FoundCase[][]> {
  const account = c.get('account')
  const db = c.get('db')
  const today = todayOf(c)
  const sayings = await Promise.all(
    methods.map((method) => readSayings(db, account.id, method.id.split('@')[0] ?? '')),
  )
  const known = segments ? await listSegments(db, account.id) : []
  const lines = segments ? await linesNow(db, account, known) : new Map()
  const between = business ? workingTime(workingHours(account.schedules)) : undefined
  const found: FoundCase[][] = methods.map(() => [])
  const needed = new Set<Need>([
    ...methods.flatMap((method) => [...needsOfMethod(method)]),
    ...(segments ? (['orders'] as const) : []),
    ...needsOfSegments(known),
  ])
  const look = (facts: Facts, skip: Uint8Array | undefined) => {
    const compiled = segments ? compile(known, facts, lines) : null
    const segmentsOn = (i: number, day: Day) =>
      compiled === null ? [] : compiled.keys.filter((_, s) => isMember(compiled, s, i, day))
    methods.forEach((method, m) => {
      const options = { today, said: sayings[m] ?? new Map(), segmentsOn }
      const cases = casesIn(facts, skip, method, between ? { ...options, between } : options)
      for (const one of cases) {
        if (one.openedOn >= period.from && one.openedOn <= period.to) found[m]?.push(one)
      }
    })
  }
  for await (const { facts, skip, tail } of eachRange(db, account, needed)) {
    look(facts, skip)
    look(tail, undefined)
  }
  return found
}

const hours = (ms: number | null) => (ms === null ? null : Math.round((ms / HOUR) * 1_000) / 1_000)

/** Figures as the API tells them: durations in hours. */
export function shownFigures(cases: readonly FoundCase[]) {
  const { firstReply, toResolve, ...counts } = figuresOf(cases)
  const often = new Map<number, number>()
  for (const { person } of cases) often.set(person, (often.get(person) ?? 0) + 1)
  return {
    ...counts,
    customers: often.size,
    /** Customers with more than one case. */
    repeatCustomers: [...often.values()].filter((times) => times > 1).length,
    firstReply: { median: hours(firstReply.median), p90: hours(firstReply.p90) },
    medianHours: hours(toResolve.median),
    p90Hours: hours(toResolve.p90),
    longestHours: hours(toResolve.longest),
  }
}

/** A case as the API tells it. */
export function shownCase(method: Method, one: FoundCase) {
  return {
    id: `${method.id}:${one.tickets[0] ?? ''}`,
    customer: one.person,
    key: one.key,
    openedAt: new Date(one.openedAt).toISOString(),
    tickets: one.tickets,
    messages: one.messages,
    resolved: one.resolved,
    reopens: one.reopens,
    firstReplyHours: hours(one.firstReply),
    resolveHours: hours(one.toResolve),
  }
}

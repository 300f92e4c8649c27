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
import { casesIn, type Found, type ListedCase, needsOfMethod } from './collect.ts'
import type { Tally } from './figures.ts'
import { type Method, sinceOf } from './method.ts'
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

export interface Period {
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
interface Besides {
  /** Durations count working time only. */
  business?: boolean
  /** Cases are told with the ids of their tickets. */
  ids?: boolean
  /** The person's segments on a day are told. */
  segments?: boolean
}

/** The cases of each method in some persons. */
export interface Look {
  found: Found[]
  /** Segments of the person of a case of the first method on the day of its opening; none where not asked for. */
  segmentsOf(n: number): string[]
}

/** Looks at all cases of some methods, range by range, in one pass over the columns. */
export async function eachCases(
  c: AppContext,
  methods: readonly Method[],
  { business = false, ids = false, segments = false }: Besides,
  look: (one: Look) => void,
): Promise<void> {
  const account = c.get('account')
  const db = c.get('db')
  const today = todayOf(c)
  const sayings = await Promise.all(
    methods.map((method) => readSayings(db, account.id, method.id.split('@')[0] ?? '')),
  )
  const known = segments ? await listSegments(db, account.id) : []
  const lines = segments ? await linesNow(db, account, known) : new Map()
  const between = business ? workingTime(workingHours(account.schedules)) : undefined
  const needed = new Set<Need>([
    ...methods.flatMap((method, m) => [...needsOfMethod(method, sayings[m] ?? new Map(), ids)]),
    ...(segments ? (['orders'] as const) : []),
    ...needsOfSegments(known),
  ])
  const show = (facts: Facts, skip: Uint8Array | undefined) => {
    const found = methods.map((method, m) => {
      const options = { today, said: sayings[m] ?? new Map() }
      return casesIn(facts, skip, method, between ? { ...options, between } : options)
    })
    const compiled = segments ? compile(known, facts, lines) : null
    const segmentsOf = (n: number) => {
      const [first] = found
      if (compiled === null || first === undefined) return []
      const [owner, day] = [first.cases.owner[n] ?? 0, first.openedOn(n)]
      return compiled.keys.filter((_, s) => isMember(compiled, s, owner, day))
    }
    look({ found, segmentsOf })
  }
  for await (const { facts, skip, tail } of eachRange(db, account, needed)) {
    show(facts, skip)
    if (tail.persons.length > 0) show(tail, undefined)
  }
}

/** Calls `visit` with each case that was opened in a period. */
export function within(found: Found, { from, to }: Period, visit: (n: number) => void): void {
  for (let n = 0; n < found.cases.size; n += 1) {
    const day = found.openedOn(n)
    if (day >= from && day <= to) visit(n)
  }
}

const hours = (ms: number | null) => (ms === null ? null : Math.round((ms / HOUR) * 1_000) / 1_000)

/** Figures as the API tells them: durations in hours. */
export function shownFigures(counted: Tally) {
  const { firstReply, toResolve, ...counts } = counted.figures()
  return {
    ...counts,
    firstReply: { median: hours(firstReply.median), p90: hours(firstReply.p90) },
    medianHours: hours(toResolve.median),
    p90Hours: hours(toResolve.p90),
    longestHours: hours(toResolve.longest),
  }
}

/** A case as the API tells it. */
export function shownCase(method: Method, one: ListedCase) {
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

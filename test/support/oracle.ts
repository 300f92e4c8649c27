/**
 * The rule language once more, as plainly as it can be said: one day at a time, over plain rows, with its own
 * dates. It shares nothing with the engine, is slow, and exists to be compared with.
 */

export interface OracleRefund {
  at: number
  amount: number
}

export interface OracleLine {
  sku?: string
  title: string
  quantity: number
  total: number
  properties?: Record<string, unknown>
}

export interface OracleOrder {
  id: string
  at: number
  channel: string
  status: string
  currency: string
  total: number
  paid: number
  refunds: OracleRefund[]
  properties: Record<string, unknown>
  lines: OracleLine[]
}

export interface OraclePerson {
  id: number
  /** Creation instants of the person's profiles. */
  createdAt: (number | null)[]
  orders: OracleOrder[]
  /** Refund rows; orderId null = names no order. */
  refunds: { at: number; currency: string; amount: number; orderId: string | null }[]
  tickets: {
    id: string
    at: number
    channel: string
    status: string
    type: string | null
    tags: string[]
    fields: Record<string, unknown>
    solvedAt?: number | null
  }[]
  ratings: {
    id: string
    ratedAt: number | null
    level: number | null
    scale: number
    reasons: string[]
  }[]
  messages: {
    id: string
    at: number
    author: string
    public: boolean
    /** Of which ticket; absent: of one that is not there. */
    ticket?: string
    sentiment: { score: number; label: string } | null
  }[]
  observations: { profile: string; name: string; at: number; value: unknown }[]
}

/** Mood on a day as it is defined: messages decayed by days (half-life 60), weighed by their ticket's size, shrunk by 2. */
function oracleMood(
  messages: readonly OraclePerson['messages'][number][],
  today: number,
): { score: number; weight: number } {
  const past = messages.filter(({ at }) => oracleDay(at) <= today)
  const each = 1 / Math.sqrt(past.length)
  let [weight, value] = [0, 0]
  for (const { at, sentiment } of past) {
    const one = each * 2 ** ((oracleDay(at) - today) / 60)
    weight += one
    value += one * (sentiment?.score ?? 0)
  }
  const round = (x: number) => Math.round(x * 1e9) / 1e9
  return { score: round(value / (2 + weight)), weight: round(weight) }
}

export interface OracleWorld {
  persons: OraclePerson[]
  base: string
  /** Units of base for one unit of a currency (both with two decimals); null = no rate. */
  rates: Record<string, number | null>
  countUnpaid: boolean
}

// The oracle reads rules as bare JSON.
export interface OracleCondition {
  readonly fact?: string
  readonly where?: readonly { property: string; op: string; value?: unknown }[]
  readonly within?: { days?: number; months?: number }
  readonly op?: string
  readonly value?: unknown
  readonly rank?: { top: number; unit: string }
  readonly among?: OracleCondition
  readonly all?: readonly OracleCondition[]
  readonly any?: readonly OracleCondition[]
  readonly none?: readonly OracleCondition[]
}

/** Only orders with this value of the property; null = orders without any. */
export interface OracleInstance {
  property: string
  value: unknown
}

const DAY = 24 * 60 * 60 * 1000

export const oracleDay = (instant: number): number => Math.floor(instant / DAY)

const laterDays = new Map<string, number>()

function later(day: number, window: { days?: number; months?: number }): number {
  if (window.days !== undefined) return day + window.days
  const key = `${day} ${window.months}`
  const known = laterDays.get(key) ?? laterMonths(day, window.months ?? 0)
  laterDays.set(key, known)
  return known
}

function laterMonths(day: number, months: number): number {
  const date = new Date(day * DAY)
  const year = date.getUTCFullYear()
  const month = date.getUTCMonth() + months
  for (let dom = date.getUTCDate(); ; dom -= 1) {
    const tried = new Date(Date.UTC(year, month, dom))
    if (tried.getUTCDate() === dom) return tried.getTime() / DAY
  }
}

const textDay = (text: string): number => Date.parse(`${text.slice(0, 10)}T00:00:00Z`) / DAY
const dayOfText = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10)

const inWindow = (event: number, today: number, window: OracleCondition['within']): boolean =>
  event <= today && (window === undefined || today < later(event, window))

const half = (x: number): number => Math.sign(x) * Math.round(Math.abs(x))

function isCounted(order: OracleOrder, world: OracleWorld): boolean {
  return (
    order.status === 'paid' ||
    order.status === 'partly_paid' ||
    (world.countUnpaid && order.status === 'unpaid')
  )
}

function rate(currency: string, world: OracleWorld): number | null {
  return currency === world.base ? 1 : (world.rates[currency] ?? null)
}

/** Net value of an order at a day's end: what was paid less what was given back by then; undefined without a rate. */
function net(
  order: OracleOrder,
  person: OraclePerson,
  world: OracleWorld,
  today: number,
): number | undefined {
  const factor = rate(order.currency, world)
  if (factor === null) return undefined
  let own = order.paid
  let foreign = 0
  for (const refund of order.refunds) if (oracleDay(refund.at) <= today) own -= refund.amount
  for (const refund of person.refunds) {
    if (refund.orderId !== order.id || oracleDay(refund.at) > today) continue
    const other = rate(refund.currency, world)
    if (refund.currency === order.currency) own -= refund.amount
    else if (other !== null) foreign += half(refund.amount * other)
  }
  return half(own * factor) - foreign
}

function scalars(value: unknown): unknown[] {
  return (Array.isArray(value) ? value : [value]).filter((one) =>
    ['string', 'number', 'boolean'].includes(typeof one),
  )
}

export function oracleValues(order: OracleOrder, property: string, world: OracleWorld): unknown[] {
  if (property === 'channel') return [order.channel]
  if (property === 'status') return [order.status]
  if (property === 'currency') return [order.currency]
  if (property === 'total') {
    const factor = rate(order.currency, world)
    return factor === null ? [] : [half(order.total * factor)]
  }
  const onlyLines = property.startsWith('line.')
  const name = onlyLines ? property.slice(5) : property
  const own = onlyLines ? [] : scalars(order.properties[name])
  const lines = order.lines.flatMap((line) =>
    name === 'sku'
      ? scalars(line.sku)
      : name === 'title'
        ? [line.title]
        : scalars(line.properties?.[name]),
  )
  return [...own, ...lines]
}

function less(a: unknown, b: unknown): boolean {
  if (typeof a === 'number' && typeof b === 'number') return a < b
  if (typeof a === 'string' && typeof b === 'string') return a < b
  return false
}

const same = (a: unknown, b: unknown): boolean => a === b

/** Whether one value passes the positive side of an operator. */
function passes(actual: unknown, op: string, wanted: unknown): boolean {
  const list = Array.isArray(wanted) ? wanted : [wanted]
  if (op === '=' || op === 'in') return list.some((one) => same(actual, one))
  if (op === '<') return less(actual, wanted)
  if (op === '>') return less(wanted, actual)
  if (op === '<=') return less(actual, wanted) || same(actual, wanted)
  if (op === '>=') return less(wanted, actual) || same(actual, wanted)
  if (op === 'between') {
    const [low, high] = list
    return passes(actual, '>=', low) && passes(actual, '<=', high)
  }
  if (op === 'contains') {
    return typeof actual === 'string' && actual.toLowerCase().includes(String(wanted).toLowerCase())
  }
  if (op === 'before' || op === 'after') {
    if (typeof actual !== 'string' || typeof wanted !== 'string') return false
    const day = textDay(actual)
    return op === 'before' ? day < textDay(wanted) : day > textDay(wanted)
  }
  return op === 'exists'
}

/** All values of something against an operator: any may pass; `!=`, `not_in` and "does not exist" turn it round. */
function compare(values: unknown[], op: string, wanted: unknown): boolean {
  if (op === '!=') return !compare(values, '=', wanted)
  if (op === 'not_in') return !compare(values, 'in', wanted)
  if (op === 'exists' && wanted === false) return values.length === 0
  return values.some((one) => passes(one, op, wanted))
}

export class Oracle {
  readonly world: OracleWorld
  readonly segments: Map<string, OracleCondition>
  readonly #lines = new Map<string, { value: number | null; n: number }>()
  /** Counted orders of all time, and the first known day, by person and instance: they do not depend on the day. */
  readonly #counted = new Map<string, OracleOrder[]>()
  readonly #from = new Map<string, number>()

  constructor(world: OracleWorld, segments: Record<string, unknown> = {}) {
    this.world = world
    this.segments = new Map(
      Object.entries(segments).map(([key, rule]) => [key, rule as OracleCondition]),
    )
  }

  /** First day on which anything of the person (or of the instance) is known. */
  from(person: OraclePerson, instance?: OracleInstance): number {
    const key = `${person.id} ${instance?.property} ${instance?.value}`
    const known = this.#from.get(key) ?? this.#findFrom(person, instance)
    this.#from.set(key, known)
    return known
  }

  #findFrom(person: OraclePerson, instance?: OracleInstance): number {
    if (instance !== undefined) {
      return Math.min(...this.counted(person, Infinity, instance).map(({ at }) => oracleDay(at)))
    }
    const instants = [
      ...person.createdAt.flatMap((at) => (at === null ? [] : [at])),
      ...person.orders.map(({ at }) => at),
      ...person.refunds
        .filter(({ orderId, currency }) => orderId === null && rate(currency, this.world) !== null)
        .map(({ at }) => at),
      ...person.tickets.map(({ at }) => at),
      ...person.ratings.flatMap(({ ratedAt, level }) =>
        ratedAt === null || level === null ? [] : [ratedAt],
      ),
      ...person.messages.map(({ at }) => at),
      ...person.observations.map(({ at }) => at),
    ]
    return Math.min(...instants.map(oracleDay))
  }

  /** Counted orders up to a day, by instant, then id. */
  counted(person: OraclePerson, today: number, instance?: OracleInstance): OracleOrder[] {
    const key = `${person.id} ${instance?.property} ${instance?.value}`
    const known = this.#counted.get(key) ?? this.#findCounted(person, instance)
    this.#counted.set(key, known)
    return known.filter((order) => oracleDay(order.at) <= today)
  }

  #findCounted(person: OraclePerson, instance?: OracleInstance): OracleOrder[] {
    return person.orders
      .filter((order) => isCounted(order, this.world))
      .filter((order) => {
        if (instance === undefined) return true
        const values = oracleValues(order, instance.property, this.world)
        return instance.value === null ? values.length === 0 : values.includes(instance.value)
      })
      .toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
  }

  private chosenOrders(
    person: OraclePerson,
    condition: OracleCondition,
    today: number,
    instance?: OracleInstance,
  ): OracleOrder[] {
    return this.counted(person, today, instance).filter(
      (order) =>
        inWindow(oracleDay(order.at), today, condition.within) &&
        (condition.where ?? []).every(({ property, op, value }) =>
          compare(oracleValues(order, property, this.world), op, value),
        ),
    )
  }

  /** What the person has of a fact on a day: no, one or several values. Days are numbers. */
  values(
    person: OraclePerson,
    condition: OracleCondition,
    today: number,
    instance?: OracleInstance,
  ): unknown[] {
    const fact = condition.fact ?? ''
    const where = condition.where ?? []
    if (fact.startsWith('orders.')) {
      const orders = this.chosenOrders(person, condition, today, instance)
      const nets = orders.flatMap((order) => net(order, person, this.world, today) ?? [])
      let sum = nets.reduce((all, one) => all + one, 0)
      if (where.length === 0 && (instance === undefined || instance.value === null)) {
        for (const refund of person.refunds) {
          const factor = rate(refund.currency, this.world)
          if (refund.orderId !== null || factor === null) continue
          if (inWindow(oracleDay(refund.at), today, condition.within)) {
            sum -= half(refund.amount * factor)
          }
        }
      }
      if (fact === 'orders.count') return [orders.length]
      if (fact === 'orders.sum') return [sum]
      if (fact === 'orders.average') return nets.length === 0 ? [] : [sum / nets.length]
      if (fact === 'orders.min') return nets.length === 0 ? [] : [Math.min(...nets)]
      if (fact === 'orders.max') return nets.length === 0 ? [] : [Math.max(...nets)]
      const latest = Math.max(...orders.map(({ at }) => at))
      const last = orders.find(({ at }) => at === latest)
      if (fact === 'orders.daysSinceLast')
        return last === undefined ? [] : [today - oracleDay(last.at)]
      const [, which, ...rest] = fact.split('.')
      const order = which === 'first' ? orders[0] : last
      if (order === undefined) return []
      const property = rest.join('.')
      return property === 'day' ? [oracleDay(order.at)] : oracleValues(order, property, this.world)
    }
    const past = <Row>(rows: Row[], at: (row: Row) => number | null) =>
      rows.filter((row) => {
        const instant = at(row)
        return instant !== null && oracleDay(instant) <= today
      })
    if (fact === 'tickets.count') {
      return [
        person.tickets.filter(
          (ticket) =>
            inWindow(oracleDay(ticket.at), today, condition.within) &&
            where.every(({ property, op, value }) => {
              const values =
                property === 'channel'
                  ? [ticket.channel]
                  : property === 'status'
                    ? [ticket.status]
                    : property === 'type'
                      ? scalars(ticket.type)
                      : property === 'tag'
                        ? ticket.tags
                        : scalars(ticket.fields[property])
              return compare(values, op, value)
            }),
        ).length,
      ]
    }
    if (fact === 'ratings.count') {
      return [
        past(person.ratings, ({ ratedAt, level }) => (level === null ? null : ratedAt)).filter(
          (rating) =>
            inWindow(oracleDay(rating.ratedAt ?? 0), today, condition.within) &&
            where.every(({ property, op, value }) =>
              compare(
                property === 'level'
                  ? scalars(rating.level)
                  : property === 'scale'
                    ? [rating.scale]
                    : property === 'verdict'
                      ? verdictsOf(rating.level ?? 0, rating.scale)
                      : rating.reasons,
                op,
                value,
              ),
            ),
        ).length,
      ]
    }
    if (fact === 'messages.count') {
      return [
        person.messages.filter(
          (message) =>
            inWindow(oracleDay(message.at), today, condition.within) &&
            where.every(({ property, op, value }) =>
              compare(property === 'author' ? [message.author] : [message.public], op, value),
            ),
        ).length,
      ]
    }
    if (fact === 'cases.count') {
      const cases: { opened: number; last: number; resolved: boolean }[] = []
      const inTime = person.tickets.toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
      for (const ticket of inTime) {
        const said = person.messages.filter((one) => one.public && one.ticket === ticket.id)
        const heard = said.map(({ at }) => at)
        const activity = heard.length > 0 ? Math.max(...heard) : (ticket.solvedAt ?? ticket.at)
        const done = ['solved', 'closed'].includes(ticket.status) && ticket.solvedAt != null
        const open = cases.at(-1)
        if (open !== undefined && ticket.at - open.last <= 72 * 3_600_000) {
          open.last = Math.max(open.last, activity)
          open.resolved &&= done
        } else cases.push({ opened: ticket.at, last: activity, resolved: done })
      }
      return [
        cases.filter(
          ({ opened, resolved }) =>
            inWindow(oracleDay(opened), today, condition.within) &&
            where.every(({ op, value }) => compare([resolved], op, value)),
        ).length,
      ]
    }
    if (fact.startsWith('sentiment.')) {
      const scored = person.messages.filter(
        (one) => one.sentiment !== null && one.author === 'customer' && one.public,
      )
      const first = Math.min(...scored.map(({ at }) => oracleDay(at)))
      let label: string | null = null
      let score: number | null = null
      for (let day = first; day <= today; day += 1) {
        const mood = oracleMood(scored, day)
        score = mood.weight >= 0.5 ? mood.score : null
        if (score === null) label = 'unknown'
        else if (score >= 0.25) label = 'positive'
        else if (score <= -0.25) label = 'negative'
        else if (
          !(label === 'positive' && score >= 0.15) &&
          !(label === 'negative' && score <= -0.15)
        )
          label = 'neutral'
      }
      const value = fact === 'sentiment.score' ? score : label
      return value === null ? [] : [value]
    }
    if (fact === 'person.createdAt') {
      const days = person.createdAt.flatMap((at) => (at === null ? [] : [oracleDay(at)]))
      const first = Math.min(...days)
      return first <= today ? [first] : []
    }
    const seen = past(person.observations, ({ at }) => at).toSorted(
      (a, b) => a.at - b.at || (`${a.profile} ${a.name}` < `${b.profile} ${b.name}` ? -1 : 1),
    )
    if (fact === 'tag') {
      const worn = new Map<string, string>()
      for (const { profile, name, value } of seen) {
        if (!name.startsWith('tag:')) continue
        if (value === true) worn.set(`${profile} ${name}`, name.slice(4))
        else worn.delete(`${profile} ${name}`)
      }
      return [...worn.values()]
    }
    if (fact.startsWith('trait.')) {
      const latest = seen.findLast(({ name }) => name === `trait:${fact.slice(6)}`)
      return latest === undefined ? [] : scalars(latest.value)
    }
    if (fact === 'segment') {
      const named = Array.isArray(condition.value) ? condition.value : [condition.value]
      return named.filter((key) => this.member(String(key), person, today, instance))
    }
    throw new Error(`The oracle does not know ${fact}`)
  }

  /** The value a person is ranked by on a day; undefined when not ranked. */
  ranked(
    person: OraclePerson,
    condition: OracleCondition,
    today: number,
    instance?: OracleInstance,
  ): number | undefined {
    if (this.counted(person, today, instance).length === 0) return undefined
    if (condition.among !== undefined && !this.holds(condition.among, person, today, instance)) {
      return undefined
    }
    const [value] = this.values(person, condition, today, instance)
    return typeof value === 'number' ? value : undefined
  }

  line(condition: OracleCondition, today: number, instance?: OracleInstance) {
    const key = JSON.stringify([condition, today, instance])
    const known = this.#lines.get(key)
    if (known !== undefined) return known
    const values = this.world.persons
      .flatMap((person) => this.ranked(person, condition, today, instance) ?? [])
      .toSorted((a, b) => b - a)
    const { top = 0, unit = '%' } = condition.rank ?? {}
    const n = values.length
    const k = unit === '%' ? Math.ceil((n * top) / 100) : Math.min(top, n)
    const value = unit === '%' && n < 10 ? null : (values[k - 1] ?? null)
    const line = { value, n }
    this.#lines.set(key, line)
    return line
  }

  /** Whether a condition or rule holds for a person at a day's end. */
  holds(
    condition: OracleCondition,
    person: OraclePerson,
    today: number,
    instance?: OracleInstance,
  ): boolean {
    if (today < this.from(person, instance)) return false
    const part = (one: OracleCondition) => this.holds(one, person, today, instance)
    if (condition.all !== undefined) return condition.all.every(part)
    if (condition.any !== undefined) return condition.any.some(part)
    if (condition.none !== undefined) return !condition.none.some(part)
    if (condition.rank !== undefined) {
      const value = this.ranked(person, condition, today, instance)
      const line = this.line(condition, today, instance).value
      return value !== undefined && line !== null && value >= line
    }
    const { fact = '', op = '=', value } = condition
    const actual = this.values(person, condition, today, instance)
    if (fact === 'tag' && op === 'contains') return compare(actual, '=', value)
    if (op === 'within') {
      return actual.some((one) => {
        const day = typeof one === 'string' ? textDay(one) : Number(one)
        return inWindow(day, today, value as OracleCondition['within'])
      })
    }
    const isDay = fact === 'person.createdAt' || fact.endsWith('.day')
    return compare(isDay ? actual.map((one) => dayOfText(Number(one))) : actual, op, value)
  }

  member(key: string, person: OraclePerson, today: number, instance?: OracleInstance): boolean {
    const rule = this.segments.get(key)
    return rule !== undefined && this.holds(rule, person, today, instance)
  }
}

/** What a level means, by the lists of the definitions; a level above its scale means nothing. */
function verdictsOf(level: number, scale: number): string[] {
  const lists: Record<number, string[]> = {
    2: ['bad', 'good'],
    3: ['bad', 'neutral', 'good'],
    5: ['bad', 'bad', 'neutral', 'good', 'good'],
  }
  const verdict = lists[scale]?.[level - 1]
  return verdict === undefined ? [] : [verdict]
}

import { Hono } from 'hono'
import { z } from 'zod'
import { needs } from '../auth/access.ts'
import { csvAnswer, csvLine } from '../csv.ts'
import { AppError } from '../errors.ts'
import type { AppEnv } from '../http.ts'
import { valid } from '../http.ts'
import { atStake, tickets, view } from './answers.ts'
import type { Place } from './list.ts'
import { choiceQuery, listQuery, viewQuery } from './question.ts'
import type { Item } from './view.ts'

/** Ratings in one CSV file. */
const MOST_LINES = 20_000

/** Cursor of a list of ratings. */
const place = z.tuple([z.number(), z.string().max(300)])

function placeText({ at, id }: Place): string {
  return btoa(encodeURIComponent(JSON.stringify([at, id])))
}

function readPlace(text: string | undefined): Place | null {
  if (text === undefined) return null
  try {
    const [at, id] = place.parse(JSON.parse(decodeURIComponent(atob(text))))
    return { at, id }
  } catch {
    throw new AppError('invalid', 'after: not a cursor of this list.')
  }
}

const viewHead = [
  'period',
  'from',
  'to',
  'ratings',
  'level 1',
  'level 2',
  'level 3',
  'level 4',
  'level 5',
  'rate',
  'low',
  'high',
  'offered',
  'answered',
  'response rate',
  'previous ratings',
  'previous rate',
  'change',
  'change low',
  'change high',
  'significant',
]

function viewLine(item: Item): string {
  return csvLine([
    item.period,
    item.from,
    item.to,
    item.ratings,
    ...item.levels,
    item.rate,
    item.low,
    item.high,
    item.offered,
    item.answered,
    item.responseRate,
    item.previous.ratings,
    item.previous.rate,
    item.change?.value,
    item.change?.low,
    item.change?.high,
    item.change?.significant,
  ])
}

const ticketHead = [
  'ticket',
  'rated at',
  'level',
  'scale',
  'verdict',
  'reasons',
  'comment',
  'agent',
  'group',
  'channel',
  'type',
  'hours',
  'customer',
  'subject',
]

export const satisfaction = new Hono<AppEnv>()
  .get(
    '/v1/satisfaction',
    needs('satisfaction', 'Satisfaction by period, what moved it, and its groups'),
    valid('query', viewQuery),
    async (c) => c.json(await view(c, c.req.valid('query')), 200),
  )
  .get(
    '/v1/satisfaction.csv',
    needs('satisfaction', 'Satisfaction by period as a CSV file'),
    valid('query', viewQuery),
    async (c) => {
      const { items } = await view(c, c.req.valid('query'))
      return csvAnswer('satisfaction', [csvLine(viewHead), ...items.map(viewLine)])
    },
  )
  .get(
    '/v1/satisfaction/tickets',
    needs('satisfaction', 'The ratings behind a figure, the latest first'),
    valid('query', listQuery),
    async (c) => {
      const { after, limit, ...query } = c.req.valid('query')
      const { items, next, total } = await tickets(c, query, readPlace(after), limit)
      return c.json({ items, next: next === null ? null : placeText(next), total }, 200)
    },
  )
  .get(
    '/v1/satisfaction/tickets.csv',
    needs('satisfaction', 'The ratings behind a figure as a CSV file'),
    valid('query', choiceQuery),
    async (c) => {
      const { items, total } = await tickets(c, c.req.valid('query'), null, MOST_LINES)
      if (total > items.length) {
        throw new AppError(
          'invalid',
          `from: ${total} ratings; one file holds ${MOST_LINES}. Choose fewer days or a filter.`,
        )
      }
      const lines = items.map((one) =>
        csvLine([
          one.ticket,
          one.ratedAt,
          one.level,
          one.scale,
          one.verdict,
          one.reasons.join('; '),
          one.comment,
          one.agentName ?? one.agent,
          one.group,
          one.channel,
          one.type,
          one.hours,
          one.customer.name,
          one.subject,
        ]),
      )
      return csvAnswer('ratings', [csvLine(ticketHead), ...lines])
    },
  )
  .get(
    '/v1/satisfaction/at-stake',
    needs('satisfaction', 'Order value of the customers behind bad ratings'),
    valid('query', listQuery),
    async (c) => c.json(await atStake(c, c.req.valid('query')), 200),
  )

import { Hono } from 'hono'
import { needs } from '../auth/access.ts'
import { csvAnswer, csvLine } from '../csv.ts'
import { AppError } from '../errors.ts'
import type { AppContext, AppEnv } from '../http.ts'
import { valid } from '../http.ts'
import { type Day, dayText } from '../time.ts'
import { counts, matrix, people } from './answers.ts'
import type { Mover } from './people.ts'
import { countBody, matrixQuery, pagedBody, peopleBody } from './question.ts'
import { selectNames } from './store.ts'

/** Persons in one CSV file. */
const MOST_LINES = 50_000

const dayOrNull = (day: Day | null) => (day === null ? null : dayText(day))

interface Named {
  id: number
  name: string | null
  email: string | null
}

/** Movers with their names. */
async function shown(c: AppContext, movers: readonly Mover[]) {
  const ids = movers.map(({ person }) => person)
  const rows = await c.get('db').all<Named>(selectNames(c.get('account').id, ids))
  const named = new Map(rows.map((row) => [row.id, row]))
  return movers.map(({ person, sourceJoined, targetJoined, days }) => ({
    id: person,
    name: named.get(person)?.name ?? null,
    email: named.get(person)?.email ?? null,
    sourceJoined: dayOrNull(sourceJoined),
    targetJoined: dayOrNull(targetJoined),
    days,
  }))
}

export const journeyRoutes = new Hono<AppEnv>()
  .post(
    '/v1/movements',
    needs('read', 'Movement along arrows between segments in a period, and in the one before'),
    valid('json', countBody),
    async (c) => {
      const { arrows, ...asked } = c.req.valid('json')
      return c.json(await counts(c, asked, arrows), 200)
    },
  )
  .get(
    '/v1/movements/matrix',
    needs('read', 'Movement between all segments of a group, and who stayed'),
    valid('query', matrixQuery),
    async (c) => {
      const { group, ...asked } = c.req.valid('query')
      return c.json(await matrix(c, { ...asked, nodes: [] }, group), 200)
    },
  )
  .post(
    '/v1/movements/customers',
    needs('read', 'The people behind a figure of an arrow'),
    valid('json', pagedBody),
    async (c) => {
      const { source, target, who, after, limit, ...asked } = c.req.valid('json')
      const { movers } = await people(c, asked, { source, target }, who)
      const page = movers.filter(({ person }) => person > after).slice(0, limit)
      const last = page.at(-1)
      const more = last !== undefined && last !== movers.at(-1)
      return c.json(
        {
          items: await shown(c, page),
          next: more ? String(last.person) : null,
          total: movers.length,
        },
        200,
      )
    },
  )
  .post(
    '/v1/movements/customers.csv',
    needs('read', 'The people behind a figure of an arrow as a CSV file'),
    valid('json', peopleBody),
    async (c) => {
      const { source, target, who, ...asked } = c.req.valid('json')
      const { period, movers } = await people(c, asked, { source, target }, who)
      if (movers.length > MOST_LINES) {
        throw new AppError('invalid', `More than ${MOST_LINES} people: choose a shorter period.`)
      }
      const lines = [
        csvLine(['customer', 'name', 'email', 'joined source', 'joined target', 'days']),
      ]
      for (let at = 0; at < movers.length; at += 2_000) {
        for (const one of await shown(c, movers.slice(at, at + 2_000))) {
          const { id, name, email, sourceJoined, targetJoined, days } = one
          lines.push(csvLine([id, name, email, sourceJoined, targetJoined, days]))
        }
      }
      const days = `${dayText(period.from)}_${dayText(period.to)}`
      return csvAnswer(`journey-${source}-${target}-${days}`.replaceAll('@', ''), lines)
    },
  )

import type { z } from 'zod'
import type { Account } from '../accounts/account.ts'
import type { Db } from '../db.ts'
import { ask, type Question, type Reply } from './ask.ts'
import { addSpent, type Connection } from './store.ts'
import { accessOf, type Means } from './tokens.ts'

/** Asks an account's help desk in its name. */
export interface Desk {
  /** Asks; renews the token once when it is refused. */
  ask: <Schema extends z.ZodType>(
    question: Question,
    schema: Schema,
  ) => Promise<Reply<z.output<Schema>>>
  /** Writes down what was taken of the limits, and until when to wait. */
  settle: (resumeAt: number) => Promise<void>
}

const refused = { ok: false, trouble: 'unauthorized', status: 401, resumeAt: 0 } as const

export function openDesk(db: Db, account: Account, connection: Connection, means: Means): Desk {
  const { outside } = means
  const { spent } = connection
  const origin = `https://${connection.subdomain}.zendesk.com`
  let noted = { ...spent }
  let access: Awaited<ReturnType<typeof accessOf>> | null = null
  return {
    async ask(question, schema) {
      access ??= await accessOf(db, account.id, means)
      if (!access.ok) {
        access = null
        return refused
      }
      const reply = await ask({ outside, origin, token: access.token, spent }, question, schema)
      if (reply.ok || reply.trouble !== 'unauthorized') return reply
      access = await accessOf(db, account.id, means, access.version)
      if (!access.ok) {
        access = null
        return refused
      }
      return ask({ outside, origin, token: access.token, spent }, question, schema)
    },
    async settle(resumeAt) {
      const before = noted.minute === spent.minute ? noted : { calls: 0, exports: 0 }
      const taken = { calls: spent.calls - before.calls, exports: spent.exports - before.exports }
      const [sum] = await db.all<{ spent: string }>(addSpent(account.id, spent, taken, resumeAt))
      if (sum !== undefined) Object.assign(spent, JSON.parse(sum.spent))
      noted = { ...spent }
    },
  }
}

import { z } from 'zod'
import type { Db } from '../db.ts'
import { connectionStates, type StreamName, streams, troubles } from './catalog.ts'
import { countHints, findConnection, readStreams } from './store.ts'

const maybeInstant = z.iso.datetime().nullable()

export const streamShown = z.object({
  name: z.enum(streams),
  /** `absent`: the account does not run this kind of satisfaction. */
  state: z.enum(['waiting', 'reading', 'following', 'failing', 'absent']),
  done: z.int(),
  total: z.int().nullable(),
  rejected: z.int(),
  upTo: maybeInstant,
  trouble: z.enum(troubles).nullable(),
  dueAt: maybeInstant,
})

/** The connection to the help desk as the API shows it: never a token. */
export const connectionShown = z.object({
  id: z.string(),
  kind: z.literal('zendesk'),
  state: z.enum(connectionStates),
  subdomain: z.string().nullable(),
  connectedAt: maybeInstant,
  connectedBy: z.string().nullable(),
  trouble: z.enum(troubles).nullable(),
  resumeAt: maybeInstant,
  hurried: z.boolean(),
  waiting: z.int(),
  /** Everything that happened until then is here; null until everything was read once. */
  upTo: maybeInstant,
  streams: z.array(streamShown),
})
export type ConnectionShown = z.output<typeof connectionShown>

const iso = (instant: number) => (instant > 0 ? new Date(instant).toISOString() : null)

export async function showConnection(
  db: Db,
  account: { id: number; subdomain: string | null },
  now: number,
): Promise<ConnectionShown> {
  const connection = await findConnection(db, account.id)
  const states = await readStreams(db, account.id)
  const waiting = connection === null ? 0 : await countHints(db, account.id)
  const shown = connection === null ? [] : streams.map((name) => streamOf(name, states.get(name)))
  // A kind of rating that the account does not have keeps nothing back.
  const read = streams.flatMap((name) => {
    const state = states.get(name)
    return isAbsent(name, state) || (isRating(name) && state?.caughtUp) ? [] : [state]
  })
  const complete = read.every((state) => state?.caughtUp === true)
  const upTo = Math.min(...read.map((state) => state?.upTo ?? 0))
  return {
    id: `zendesk-${account.id}`,
    kind: 'zendesk',
    state: connection?.state ?? 'none',
    subdomain: connection?.subdomain ?? account.subdomain,
    connectedAt: iso(connection?.connectedAt ?? 0),
    connectedBy: connection?.connectedBy ?? null,
    trouble: connection?.trouble ?? null,
    resumeAt: connection !== null && connection.resumeAt > now ? iso(connection.resumeAt) : null,
    hurried: connection?.webhook != null,
    waiting,
    upTo: connection !== null && complete ? iso(upTo) : null,
    streams: shown,
  }
}

type State = Awaited<ReturnType<typeof readStreams>> extends Map<string, infer One> ? One : never

const isRating = (name: StreamName) => name === 'ratings' || name === 'surveys'

/** An account runs one kind of satisfaction; asked for the other, it refuses. */
function isAbsent(name: StreamName, state: State | undefined): boolean {
  const refused = state?.trouble === 'forbidden' || state?.trouble === 'refused'
  return isRating(name) && refused
}

function streamOf(name: StreamName, state: State | undefined): z.output<typeof streamShown> {
  const word =
    state === undefined
      ? 'waiting'
      : isAbsent(name, state)
        ? 'absent'
        : state.trouble !== null
          ? 'failing'
          : state.caughtUp
            ? 'following'
            : 'reading'
  return {
    name,
    state: word,
    done: state?.done ?? 0,
    total: state?.total ?? null,
    rejected: state?.rejected ?? 0,
    upTo: iso(state?.upTo ?? 0),
    trouble: word === 'failing' ? (state?.trouble ?? null) : null,
    dueAt: iso(state?.dueAt ?? 0),
  }
}

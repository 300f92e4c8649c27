import { useCallback, useEffect, useState } from 'preact/hooks'
import type { Card } from '../../worker/customers/card.ts'
import { type Answer, useAnswer } from '../answers.ts'
import { type Api, ApiError } from '../api.ts'
import { useSurroundings } from '../surroundings.ts'
import type { Requester } from '../zaf.ts'
import { nextRefresh, pace } from './refresh.ts'

/** Whose card: the person of the ticket, or one that the agent chose among candidates. */
export type Whose = { requester: Requester } | { customer: number }

/** Events that may have changed what the card says. */
const events = [
  'ticket.updated',
  'ticket.submit.done',
  'ticket.conversation.changed',
  'ticket.status.changed',
  'app.activated',
]

/**
 * The card of a person: null when we know nobody by these keys, undefined until the first answer. It is asked for
 * again when something happens in the ticket, and while changes are on their way.
 */
export function useCard(whose: Whose): Answer<Card | null> & { ask: () => void } {
  const { api, zaf, now } = useSurroundings()
  const active = useActive()
  const [watchedUntil, setWatchedUntil] = useState(0)
  const key = keyOf(whose)
  const load = useCallback((signal: AbortSignal) => readCard(api, key, signal), [api, key])
  const answer = useAnswer(`card ${key}`, {
    load,
    pace: ({ data, failures }) =>
      nextRefresh({
        active,
        failures,
        waiting: data?.freshness.waiting ?? 0,
        watchedUntil,
        at: now(),
      }),
  })
  const { ask } = answer
  useEffect(() => {
    const refresh = () => {
      setWatchedUntil(now() + pace.watch)
      ask()
    }
    const ends = events.map((event) => zaf.on(event, refresh))
    return () => {
      for (const end of ends) end()
    }
  }, [zaf, now, ask])
  return answer
}

/** A card's address below `/v1`, which is also the name of the question. */
function keyOf(whose: Whose): string {
  if ('customer' in whose) return `/customers/${whose.customer}`
  const { id, externalId, email, phone } = whose.requester
  const keys = {
    ...(externalId && { externalId }),
    zendeskUserId: id,
    ...(email && { email }),
    ...(phone && { phone }),
  }
  return `/customers/lookup?${new URLSearchParams(keys).toString()}`
}

async function readCard(api: Api, key: string, signal: AbortSignal): Promise<Card | null> {
  try {
    return await api.get<Card>(key, {}, signal)
  } catch (error) {
    if (error instanceof ApiError && error.failure === 'missing' && key.includes('?')) return null
    throw error
  }
}

/** Is the app in front? A help desk keeps the panels of other tickets alive behind the open one. */
function useActive(): boolean {
  const { zaf } = useSurroundings()
  const [active, setActive] = useState(true)
  useEffect(() => {
    const ends = [
      zaf.on('app.activated', () => setActive(true)),
      zaf.on('app.deactivated', () => setActive(false)),
    ]
    return () => {
      for (const end of ends) end()
    }
  }, [zaf])
  return active
}

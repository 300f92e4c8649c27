import { useEffect, useState } from 'preact/hooks'
import { useSurroundings } from '../surroundings.ts'
import type { Requester, Zaf } from '../zaf.ts'

/** Whom the agent is looking at. */
export interface Subject {
  state: 'asking' | 'nobody' | 'somebody'
  requester: Requester | null
  ticketId: string | null
}

/** Events after which the place may be about somebody else, or say more about the same person. */
const changes = [
  'ticket.requester.id.changed',
  'ticket.requester.email.changed',
  'user.id.changed',
  'context.updated',
  'app.activated',
]

/**
 * Tells the subject now and after each change. Readings overlap when an agent switches quickly, so each has a
 * number and only the latest one is told. Returns what ends it.
 */
export function followSubject(zaf: Zaf, tell: (subject: Subject) => void): () => void {
  let latest = 0
  const read = async () => {
    latest += 1
    const mine = latest
    const [requester, ticketId] = await Promise.all([
      zaf.requester().catch(() => null),
      zaf.ticketId().catch(() => null),
    ])
    if (mine !== latest) return
    tell({ state: requester === null ? 'nobody' : 'somebody', requester, ticketId })
  }
  const again = () => void read()
  const ends = changes.map((event) => zaf.on(event, again))
  again()
  return () => {
    latest += 1
    for (const end of ends) end()
  }
}

/** The subject of the place around, followed while the component lives. */
export function useSubject(): Subject {
  const { zaf } = useSurroundings()
  const [subject, setSubject] = useState<Subject>({
    state: 'asking',
    requester: null,
    ticketId: null,
  })
  useEffect(
    () => followSubject(zaf, (next) => setSubject((now) => (isSame(now, next) ? now : next))),
    [zaf],
  )
  return subject
}

function isSame(a: Subject, b: Subject): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

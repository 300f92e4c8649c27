import { useEffect, useRef, useState } from 'preact/hooks'
import { Empty } from '../ui/Empty.tsx'
import { useWords } from '../words.ts'
import type { Requester } from '../zaf.ts'
import { useHeight } from './height.ts'
import { Loading } from './Loading.tsx'
import { Person } from './Person.tsx'
import { useSubject } from './requester.ts'

/** The panel beside a ticket or a user: who this is to the shop. */
export function Sidebar() {
  const { t } = useWords()
  const subject = useSubject()
  const content = useRef<HTMLDivElement>(null)
  const [heard, setHeard] = useState('')
  useHeight(content)
  useEffect(() => {
    if (subject.state === 'nobody') setHeard(t('requester.none.title'))
  }, [subject.state, t])
  return (
    <div ref={content} class="sidebar">
      <output class="hidden-text">{heard}</output>
      <main aria-busy={subject.state === 'asking'}>
        {subject.state === 'asking' && <Loading />}
        {subject.state === 'nobody' && (
          <Empty icon="person" title={t('requester.none.title')}>
            <p class="subtle">{t('requester.none.text')}</p>
          </Empty>
        )}
        {subject.requester !== null && (
          <Chosen
            key={subject.requester.id}
            requester={subject.requester}
            ticketId={subject.ticketId}
            announce={setHeard}
          />
        )}
      </main>
    </div>
  )
}

/** The requester, or a candidate that the agent wants to see instead. */
function Chosen(props: {
  requester: Requester
  ticketId: string | null
  announce: (text: string) => void
}) {
  const [candidate, setCandidate] = useState<number | null>(null)
  const { requester, ticketId, announce } = props
  const seen = { ticketId, announce, show: setCandidate }
  return candidate === null ? (
    <Person key="requester" whose={{ requester }} requester={requester} {...seen} />
  ) : (
    <Person key={candidate} whose={{ customer: candidate }} requester={requester} {...seen} />
  )
}

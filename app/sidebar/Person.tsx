import { useEffect } from 'preact/hooks'
import type { Card } from '../../worker/customers/card.ts'
import { Empty } from '../ui/Empty.tsx'
import { Failed, failureOf, failureTitle } from '../ui/Failed.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Notice } from '../ui/Notice.tsx'
import { useWords, type Words } from '../words.ts'
import type { Requester } from '../zaf.ts'
import { CardBody } from '../card/CardBody.tsx'
import { Candidates } from './Candidates.tsx'
import { Freshness } from '../card/Freshness.tsx'
import { askedBy } from '../card/match.ts'
import { Loading } from './Loading.tsx'
import { useCard, type Whose } from './use-card.ts'

/** One person's panel in whatever state the data are. */
export function Person(props: {
  whose: Whose
  requester: Requester
  ticketId: string | null
  announce: (text: string) => void
  /** Shows a candidate, or the requester again (null). */
  show: (candidate: number | null) => void
}) {
  const { requester, announce, show } = props
  const words = useWords()
  const { data: card, error, busy, ask } = useCard(props.whose)
  const heard = card === undefined ? '' : heardOf(words, card, requester)
  useEffect(() => {
    if (heard !== '') announce(heard)
  }, [heard, announce])

  if (card === undefined) return error === null ? <Loading /> : <Failed error={error} retry={ask} />
  return (
    <div class="panel">
      {'customer' in props.whose && (
        <button type="button" class="text-button back" onClick={() => show(null)}>
          <Icon name="back" turns />{' '}
          {words.t('candidates.back', { name: nameOf(words, requester) })}
        </button>
      )}
      {error !== null && <Unrefreshed card={card} error={error} retry={ask} />}
      {card === null ? (
        <NewContact requester={requester} />
      ) : (
        <CardBody
          card={card}
          name={'requester' in props.whose ? requester.name : null}
          ticketId={props.ticketId}
        >
          <Candidates key={card.id} card={card} show={show} changed={ask} />
        </CardBody>
      )}
      <Freshness card={card} requester={requester} busy={busy} refresh={ask} />
    </div>
  )
}

function NewContact({ requester }: { requester: Requester }) {
  const words = useWords()
  const { t } = words
  return (
    <Empty icon="person" title={nameOf(words, requester)}>
      <p>
        <span class="tag teal">{t('segment.new_contact')}</span>
      </p>
      <p class="subtle">{t('newContact.text')}</p>
      <p class="small subtle">
        {t('newContact.asked', {
          keys: words.list(askedBy(requester).map((key) => t(`key.${key}`))),
        })}
      </p>
    </Empty>
  )
}

/** What is shown is older than it should be; it stays, with the reason. */
function Unrefreshed(props: { card: Card | null; error: unknown; retry: () => void }) {
  const { t, time } = useWords()
  const failure = failureOf(props.error)
  return (
    <Notice tone="amber" icon={failure === 'offline' ? 'offline' : 'warning'}>
      <p>
        <strong>{t(failureTitle(failure))}</strong>{' '}
        {props.card !== null && t('unrefreshed', { time: time(props.card.freshness.asOf) })}
      </p>
      {failure === 'session' ? (
        <p>{t('failure.session.text')}</p>
      ) : (
        <button type="button" class="text-button" onClick={props.retry}>
          {t('retry')}
        </button>
      )}
    </Notice>
  )
}

function nameOf({ t }: Words, requester: Requester): string {
  return requester.name ?? requester.email ?? t('unnamed')
}

/** What a screen reader hears when the panel turns to somebody. */
function heardOf(words: Words, card: Card | null, requester: Requester): string {
  const { t, list } = words
  if (card === null) return t('heard.new', { name: nameOf(words, requester) })
  const name = card.name ?? nameOf(words, requester)
  const segments = card.segments.map(
    (segment) => words.maybe(`segment.${segment.key}`) ?? segment.name,
  )
  return segments.length === 0
    ? t('heard.plain', { name })
    : t('heard.segments', { name, segments: list(segments) })
}

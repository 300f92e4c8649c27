import { useCallback, useState } from 'preact/hooks'
import type { ConnectionShown } from '../../worker/zendesk/show.ts'
import { useAnswer } from '../answers.ts'
import { useSurroundings } from '../surroundings.ts'
import { Failed } from '../ui/Failed.tsx'
import { Notice } from '../ui/Notice.tsx'
import { useWords } from '../words.ts'
import { Connect } from './Connect.tsx'
import { Disconnect } from './Disconnect.tsx'
import { Streams } from './Streams.tsx'

/** Ms until the state is asked again: soon while something is on its way. */
const pace = { busy: 2_000, calm: 20_000 }

/** The connection to the help desk: how it is made, how far it is, what stands in its way. */
export function HelpDesk() {
  const { api } = useSurroundings()
  const [elsewhere, setElsewhere] = useState(false)
  const load = useCallback(
    async (signal: AbortSignal) => {
      const { items } = await api.get<{ items: ConnectionShown[] }>('/connections', {}, signal)
      return items[0] ?? null
    },
    [api],
  )
  const { data, error, ask } = useAnswer('connections', {
    load,
    pace: ({ data: known }) =>
      elsewhere || (known?.state === 'connected' && known.upTo === null) ? pace.busy : pace.calm,
  })
  if (data === undefined) {
    return error === null ? (
      <div class="settings-bone bones" aria-hidden="true" />
    ) : (
      <Failed error={error} retry={ask} level={2} />
    )
  }
  if (data === null || data.state !== 'connected') {
    return (
      <Connect
        broken={data?.state === 'broken'}
        begun={() => {
          setElsewhere(true)
        }}
      />
    )
  }
  return <Connected connection={data} changed={ask} />
}

function Connected(props: { connection: ConnectionShown; changed: () => void }) {
  const { connection, changed } = props
  const { t, date, dateTime, time } = useWords()
  const { api } = useSurroundings()
  const [failed, setFailed] = useState(false)
  const { upTo, resumeAt, trouble, waiting } = connection
  const retry = async () => {
    try {
      await api.send('POST', '/connections/zendesk/retry')
      setFailed(false)
      changed()
    } catch {
      setFailed(true)
    }
  }
  return (
    <div class="connection">
      <p>
        {t('desk.connected', {
          desk: `${connection.subdomain ?? ''}.zendesk.com`,
          date: connection.connectedAt === null ? '' : date(connection.connectedAt),
        })}
      </p>
      <output>
        <strong>
          {upTo === null ? t('desk.reading') : t('desk.upTo', { time: dateTime(upTo) })}
        </strong>{' '}
        {waiting > 0 && t('desk.waiting', { count: waiting })}
      </output>
      <p class="small subtle">{t(connection.hurried ? 'desk.hurried' : 'desk.unhurried')}</p>
      {resumeAt !== null && (
        <Notice tone="amber" icon="clock">
          <p>{t('desk.resume', { time: time(resumeAt) })}</p>
        </Notice>
      )}
      {trouble !== null && (
        <Notice tone="amber" icon="warning">
          <p>{t(`trouble.${trouble}`)}</p>
        </Notice>
      )}
      {failed && (
        <Notice tone="red" icon="warning">
          <p>{t('notDone')}</p>
        </Notice>
      )}
      <Streams streams={connection.streams} />
      <div class="actions">
        <button type="button" class="button" onClick={() => void retry()}>
          {t('desk.retry')}
        </button>
        <Disconnect done={changed} />
      </div>
    </div>
  )
}

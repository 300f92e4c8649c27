import { useCallback } from 'preact/hooks'
import { useAnswer } from '../../answers.ts'
import { useSurroundings } from '../../surroundings.ts'
import { Failed } from '../../ui/Failed.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { useWords } from '../../words.ts'
import { PushForm } from './PushForm.tsx'
import { PushLedger } from './PushLedger.tsx'
import type { PushShown } from './shapes.ts'
import { Triggers } from './Triggers.tsx'

/** Ms until the state is asked again: soon while something is on its way. */
const pace = { busy: 3_000, calm: 60_000 }

const isBusy = ({ preparing, due, sending }: PushShown['progress']) =>
  preparing || due > 0 || sending > 0

/** What is kept up to date at the help desk: chosen, tried out, switched on, and how far it is. */
export function Push() {
  const { t } = useWords()
  const { api } = useSurroundings()
  const load = useCallback((signal: AbortSignal) => api.get<PushShown>('/push', {}, signal), [api])
  const { data, error, ask } = useAnswer('push', {
    load,
    pace: ({ data: known }) =>
      known?.settings.on === true && isBusy(known.progress) ? pace.busy : pace.calm,
  })
  if (data === undefined) {
    return error === null ? (
      <div class="settings-bone bones" aria-hidden="true" />
    ) : (
      <Failed error={error} retry={ask} level={2} />
    )
  }
  return (
    <div class="connection">
      <p class="subtle">{t('push.text')}</p>
      {data.connected ? <State shown={data} /> : <p>{t('push.connect')}</p>}
      <PushForm key={JSON.stringify(data.settings)} shown={data} saved={ask} />
      {data.connected && data.settings.on && (
        <Triggers
          key={`${data.triggers.join(' ')} ${data.group ?? ''}`}
          chosen={data.triggers}
          group={data.group}
          groups={data.groups}
          saved={ask}
        />
      )}
      <PushLedger />
    </div>
  )
}

function State({ shown }: { shown: PushShown }) {
  const { t, number, time } = useWords()
  const { settings, progress, trouble, resumeAt, removed } = shown
  if (!settings.on) return <output>{t('push.isOff')}</output>
  const { done, targets: total, due, sending, troubled } = progress
  return (
    <>
      <output>
        {progress.preparing && <strong>{t('push.preparing')} </strong>}
        {t('push.progress', {
          done: number(done),
          total: number(total),
          due: number(due),
          sending: number(sending),
        })}
      </output>
      {total > 0 && done < total && (
        <progress value={done} max={total} aria-label={t('push.title')} />
      )}
      {troubled > 0 && (
        <p class="small warning-text">{t('push.troubled', { count: number(troubled) })}</p>
      )}
      {removed.length > 0 && (
        <p class="small warning-text">{t('push.removed', { fields: removed.join(', ') })}</p>
      )}
      {trouble !== null && (
        <Notice tone="amber" icon="warning">
          <p>
            {t(`trouble.${trouble}`)}{' '}
            {resumeAt !== null && t('desk.resume', { time: time(resumeAt) })}
          </p>
        </Notice>
      )}
    </>
  )
}

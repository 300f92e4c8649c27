import type { ConnectionShown } from '../../worker/zendesk/show.ts'
import { useWords } from '../words.ts'

/** What is read of the help desk, part by part: how far, and why not further. */
export function Streams({ streams }: { streams: ConnectionShown['streams'] }) {
  const { t, number, time } = useWords()
  return (
    <table class="streams">
      <caption class="hidden-text">{t('desk.table')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('desk.column.stream')}</th>
          <th scope="col">{t('desk.column.state')}</th>
          <th scope="col" class="number">
            {t('desk.column.done')}
          </th>
        </tr>
      </thead>
      <tbody>
        {streams.map(({ name, state, done, total, rejected, trouble, dueAt }) => (
          <tr key={name}>
            <th scope="row">{t(`stream.${name}`)}</th>
            <td>
              {t(`streamState.${state}`)}
              {state === 'reading' && total !== null && total > 0 && (
                <progress
                  value={Math.min(done, total)}
                  max={total}
                  aria-label={t(`stream.${name}`)}
                />
              )}
              {trouble !== null && (
                <p class="small subtle">
                  {t(`trouble.${trouble}`)}{' '}
                  {dueAt !== null && t('desk.resume', { time: time(dueAt) })}
                </p>
              )}
            </td>
            <td class="number">
              {state === 'reading' && total !== null
                ? t('desk.of', { done: number(done), total: number(total) })
                : number(done)}
              {rejected > 0 && (
                <p class="small warning-text">{t('desk.rejected', { count: rejected })}</p>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

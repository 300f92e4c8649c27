import { useState } from 'preact/hooks'
import { useSegmentNames } from '../../customers/use-segments.ts'
import { useSurroundings } from '../../surroundings.ts'
import { Failed } from '../../ui/Failed.tsx'
import { TableFrame } from '../../ui/TableFrame.tsx'
import { useGet } from '../../use-get.ts'
import { useWords } from '../../words.ts'
import { Change } from './Change.tsx'
import type { Ledger, Write } from './shapes.ts'

const size = 10

/** What was written to the help desk, the latest first, each line with its reason and its outcome. */
export function PushLedger() {
  const { t } = useWords()
  const { api } = useSurroundings()
  const nameOf = useSegmentNames()
  const { data, error, ask } = useGet<Ledger>('/push/ledger', { limit: size })
  // Once earlier pages are shown the list stands still: what comes meanwhile would leave a gap.
  const [opened, setOpened] = useState<Ledger | null>(null)
  if (data === undefined) {
    return error === null ? null : <Failed error={error} retry={ask} level={2} />
  }
  const { items: writes, next } = opened ?? data
  const more = async () => {
    const page = await api.get<Ledger>('/push/ledger', { limit: size, after: next })
    setOpened({ items: [...writes, ...page.items], next: page.next })
  }
  if (writes.length === 0) return <p class="small subtle">{t('push.ledger.empty')}</p>
  return (
    <>
      <TableFrame label={t('push.ledger')}>
        <table class="streams">
          <caption class="small subtle">{t('push.ledger')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('push.ledger.at')}</th>
              <th scope="col">{t('push.ledger.who')}</th>
              <th scope="col">{t('push.ledger.what')}</th>
              <th scope="col">{t('push.ledger.why')}</th>
              <th scope="col">{t('push.ledger.how')}</th>
            </tr>
          </thead>
          <tbody>
            {writes.map((write) => (
              <Line
                key={`${write.at} ${write.kind} ${write.target}`}
                write={write}
                nameOf={nameOf}
              />
            ))}
          </tbody>
        </table>
      </TableFrame>
      {next !== null && (
        <div class="actions">
          <button type="button" class="button" onClick={() => void more().catch(() => ask())}>
            {t('push.more')}
          </button>
        </div>
      )}
    </>
  )
}

function Line({ write, nameOf }: { write: Write; nameOf: (segment: string) => string }) {
  const { t, number, dateTime } = useWords()
  return (
    <tr>
      <th scope="row">{dateTime(write.at)}</th>
      <td>
        {write.customer === 0 ? (
          '–'
        ) : (
          <a href={`#/customers?open=${write.customer}`}>#{number(write.customer)}</a>
        )}
      </td>
      <td>
        {Object.entries(write.changes).map(([key, value]) => (
          <Change key={key} name={key} value={value} because={write.because[key]} nameOf={nameOf} />
        ))}
      </td>
      <td>{t(`push.cause.${write.cause}`)}</td>
      <td>{t(`push.outcome.${write.outcome}`)}</td>
    </tr>
  )
}

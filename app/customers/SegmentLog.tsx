import { useState } from 'preact/hooks'
import { Failed } from '../ui/Failed.tsx'
import { useGet } from '../use-get.ts'
import { useWords } from '../words.ts'
import { useSegmentNames } from './use-segments.ts'

interface Stretch {
  segment: string
  joined: string
  left: string | null
}

/** Every stretch of membership of a customer, the latest first; asked for when it is opened. */
export function SegmentLog({ id, today }: { id: number; today: string }) {
  const { t } = useWords()
  const [open, setOpen] = useState(false)
  return (
    <details class="drawer-part" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('drawer.log')}</summary>
      {open && <Log id={id} today={today} />}
    </details>
  )
}

function Log({ id, today }: { id: number; today: string }) {
  const { t, day } = useWords()
  const { data, error, ask } = useGet<{ items: Stretch[] }>(`/customers/${id}/memberships`, {})
  const nameOf = useSegmentNames()
  if (data === undefined) {
    return error === null ? (
      <p class="subtle">{t('loading')}</p>
    ) : (
      <Failed error={error} retry={ask} level={2} />
    )
  }
  const past = data.items
    .filter(({ joined }) => joined <= today)
    .toSorted((a, b) => (a.joined < b.joined ? 1 : -1))
  if (past.length === 0) return <p class="subtle">{t('drawer.log.empty')}</p>
  return (
    <table class="log">
      <thead>
        <tr>
          <th scope="col">{t('drawer.log.segment')}</th>
          <th scope="col">{t('drawer.log.joined')}</th>
          <th scope="col">{t('drawer.log.left')}</th>
        </tr>
      </thead>
      <tbody>
        {past.map(({ segment, joined, left }) => (
          <tr key={`${segment} ${joined}`}>
            <th scope="row">
              <bdi>{nameOf(segment)}</bdi>
            </th>
            <td>{day(joined)}</td>
            <td>{left === null ? '–' : day(left)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

import { TableFrame } from '../ui/TableFrame.tsx'
import { useState } from 'preact/hooks'
import { Pager } from '../customers/Pager.tsx'
import { Failed } from '../ui/Failed.tsx'
import { useWords } from '../words.ts'
import { hoursText } from './Figures.tsx'
import type { CaseRow } from './shapes.ts'
import { useGet } from '../use-get.ts'
import { TicketButtons } from './TicketButtons.tsx'

const limit = 20

/** The cases behind the figures, down to their tickets. */
export function CaseList(props: { path: string; period: { from: string; to: string } }) {
  const words = useWords()
  const { t, dateTime, number } = words
  const [after, setAfter] = useState(0)
  const { data, error, ask } = useGet<{ items: CaseRow[]; next: string | null; total: number }>(
    `${props.path}/cases`,
    { ...props.period, limit, after: after === 0 ? null : after },
  )
  if (data === undefined) {
    return error === null ? null : <Failed error={error} retry={ask} level={2} />
  }
  return (
    <>
      <TableFrame label={t('inquiries.cases')}>
        <table class="case-list">
          <thead>
            <tr>
              <th scope="col">{t('inquiries.opened')}</th>
              <th scope="col">{t('inquiries.by.key')}</th>
              <th scope="col">{t('inquiries.tickets')}</th>
              <th scope="col">{t('inquiries.state')}</th>
            </tr>
          </thead>
          <tbody>
            {data.items.map((one) => (
              <tr key={one.id}>
                <th scope="row">{dateTime(one.openedAt)}</th>
                <td>
                  <bdi>{one.key}</bdi>
                </td>
                <td class="case-tickets">
                  <TicketButtons tickets={one.tickets.slice(0, 8)} />
                  {one.tickets.length > 8 && `+${number(one.tickets.length - 8)}`}
                </td>
                <td>
                  {t(one.resolved ? 'inquiries.state.resolved' : 'inquiries.state.open')}{' '}
                  {one.resolveHours !== null && (
                    <span class="small subtle">{hoursText(words, one.resolveHours)}</span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableFrame>
      <Pager
        from={after + 1}
        shown={data.items.length}
        total={number(data.total)}
        previous={after === 0 ? null : () => setAfter(Math.max(0, after - limit))}
        next={data.next === null ? null : () => setAfter(after + limit)}
      />
    </>
  )
}

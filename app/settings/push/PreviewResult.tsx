import { starters } from '../../../worker/push/catalog.ts'
import { useSegmentNames } from '../../customers/use-segments.ts'
import { TableFrame } from '../../ui/TableFrame.tsx'
import { useWords } from '../../words.ts'
import { Change } from './Change.tsx'
import type { Preview } from './shapes.ts'

/** What would be written: how many users and fields, some of them whole, and what triggers would have touched. */
export function PreviewResult({ preview }: { preview: Preview }) {
  const { t, number } = useWords()
  const nameOf = useSegmentNames()
  const { changing, users, tickets, left, fields, samples, lastWeek } = preview
  return (
    <output class="connection">
      <p>
        <strong>
          {t('push.would', {
            count: number(changing),
            total: number(users),
            tickets: number(tickets),
          })}
        </strong>
      </p>
      {left > 0 && <p class="warning-text">{t('push.left', { count: number(left) })}</p>}
      <ul class="found small">
        {Object.entries(fields).map(([key, count]) => (
          <li key={key}>
            <code>{key}</code> {number(count)}
          </li>
        ))}
      </ul>
      {samples.length > 0 && (
        <TableFrame label={t('push.preview')}>
          <table class="streams">
            <thead>
              <tr>
                <th scope="col">{t('push.ledger.who')}</th>
                <th scope="col">{t('push.ledger.what')}</th>
              </tr>
            </thead>
            <tbody>
              {samples.map(({ customer, name, changes }) => (
                <tr key={customer}>
                  <th scope="row">
                    <bdi>{name ?? `#${number(customer)}`}</bdi>
                  </th>
                  <td>
                    {Object.entries(changes).map(([key, { to, because }]) => (
                      <Change key={key} name={key} value={to} because={because} nameOf={nameOf} />
                    ))}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableFrame>
      )}
      <p class="small subtle">{t('push.triggers')}</p>
      <ul class="found small">
        {starters.map((name) => (
          <li key={name}>
            {t(`push.starter.${name}`)}{' '}
            <span class="subtle">{t('push.week', { count: number(lastWeek[name].tickets) })}</span>
          </li>
        ))}
      </ul>
    </output>
  )
}

import { useSurroundings } from '../surroundings.ts'
import { Defined } from '../ui/Defined.tsx'
import { Section } from '../ui/Section.tsx'
import { SegmentName, toneOf } from '../ui/SegmentName.tsx'
import { Tag } from '../ui/Tag.tsx'
import { writeRoute } from '../router.ts'
import { useWords } from '../words.ts'
import type { StakeAnswer } from './shapes.ts'
import { TableFrame } from '../ui/TableFrame.tsx'

/** The customers behind bad ratings, the most valuable first: whom to answer before the others. */
export function Stake({ stake }: { stake: StakeAnswer | undefined }) {
  const { t, money, number } = useWords()
  return (
    <Section name="stake" title={t('stake.title')}>
      {stake === undefined && <div class="bone table-bone bones" aria-hidden="true" />}
      {stake?.items.length === 0 && <p class="subtle">{t('stake.none')}</p>}
      {stake !== undefined && stake.items.length > 0 && (
        <TableFrame label={t('satisfaction.tableOf', { name: t('stake.title') })}>
          <table>
            <caption class="hidden-text">{t('stake.title')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('column.name')}</th>
                <th scope="col">{t('segments.title')}</th>
                <th scope="col">
                  <Defined id="customer.totalOrderValue" label={t('totals.value')} />
                </th>
                <th scope="col">
                  <Defined id="satisfaction.badRatings" label={t('stake.bad')} />
                </th>
                <th scope="col">{t('stake.ticket')}</th>
              </tr>
            </thead>
            <tbody>
              {stake.items.map((one) => (
                <tr key={one.id}>
                  <th scope="row">
                    <Name one={one} />
                  </th>
                  <td class="chips">
                    {one.segments.slice(0, 2).map((segment) => (
                      <Tag key={segment.key} tone={toneOf(segment.key)}>
                        <SegmentName segment={segment} />
                      </Tag>
                    ))}
                  </td>
                  <td>{money(one.totalOrderValue, stake.currency)}</td>
                  <td>{number(one.badRatings)}</td>
                  <td>
                    <LastTicket id={one.ticket.replace(/^zendesk:/, '')} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableFrame>
      )}
    </Section>
  )
}

function Name({ one }: { one: StakeAnswer['items'][number] }) {
  const { t } = useWords()
  return (
    <a href={writeRoute({ page: 'customers', query: { open: String(one.id) } })}>
      <bdi>{one.name ?? one.email ?? t('unnamed')}</bdi>
    </a>
  )
}

function LastTicket({ id }: { id: string }) {
  const { zaf } = useSurroundings()
  return (
    <button type="button" class="text-button" onClick={() => zaf.openTicket(id)}>
      <bdi>#{id}</bdi>
    </button>
  )
}

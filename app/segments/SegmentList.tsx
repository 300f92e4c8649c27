import { Failed } from '../ui/Failed.tsx'
import { SegmentName } from '../ui/SegmentName.tsx'
import { TableFrame } from '../ui/TableFrame.tsx'
import { useGet } from '../use-get.ts'
import { useWords, type Words } from '../words.ts'
import type { HistoryDay, Segment } from './shapes.ts'
import { useFigures } from './use-figures.ts'

/** All segments: size, change over a week, value of their members, how many of these buy again. */
export function SegmentList({ segments }: { segments: readonly Segment[] }) {
  const { t, number, money, percent, day } = useWords()
  const groups = useGet<{ items: { key: string; name: string }[] }>('/segment-groups', {})
  const groupOf = (key: string) => groups.data?.items.find((one) => one.key === key)?.name ?? key
  const { data, error, ask } = useFigures(segments.map(({ key }) => key))
  return (
    <>
      {data === undefined && error !== null && <Failed error={error} retry={ask} level={2} />}
      <TableFrame label={t('page.segments')}>
        <table class="segment-table" aria-busy={data === undefined && error === null}>
          <thead>
            <tr>
              <th scope="col">{t('segmentation.name')}</th>
              <th scope="col" class="number">
                {t('segmentation.size')}
              </th>
              <th scope="col" class="number">
                {t('segmentation.week')}
              </th>
              <th scope="col" class="number">
                {t('segmentation.value')}
              </th>
              <th scope="col" class="number">
                {t('segmentation.perCustomer')}
              </th>
              <th scope="col" class="number">
                {t('segmentation.repurchase')}
              </th>
              <th scope="col">{t('segmentation.since')}</th>
              <th scope="col">{t('segmentation.pushed')}</th>
            </tr>
          </thead>
          <tbody>
            {segments.map((segment) => {
              const days = data?.days.get(segment.key) ?? []
              const today = days.at(-1)
              return (
                <tr key={segment.key}>
                  <th scope="row">
                    <a href={`#/segments?key=${encodeURIComponent(segment.key)}`}>
                      <SegmentName segment={segment} />
                    </a>
                    {segment.group !== null && (
                      <bdi class="small subtle group-name">{groupOf(segment.group)}</bdi>
                    )}
                  </th>
                  <td class="number">{number(segment.size)}</td>
                  <td class="number">
                    <Change days={days} />
                  </td>
                  <td class="number">
                    {today === undefined ? '' : money(today.totalOrderValue, data?.currency ?? '')}
                  </td>
                  <td class="number">
                    {today === undefined || today.size === 0
                      ? '–'
                      : money(Math.round(today.totalOrderValue / today.size), data?.currency ?? '')}
                  </td>
                  <td class="number">
                    {today?.repurchaseRate == null ? '–' : percent(today.repurchaseRate)}
                  </td>
                  <td>{segment.exactFrom === null ? '–' : day(segment.exactFrom)}</td>
                  <td>{waysText(t, segment.pushed)}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </TableFrame>
    </>
  )
}

/** How a segment is seen at the help desk. */
export function waysText(t: Words['t'], ways: Segment['pushed']): string {
  return ways.length === 0
    ? t('segmentation.pushed.none')
    : ways.map((way) => t(`segmentation.pushed.${way}`)).join(', ')
}

/** Size today against a week ago, with its sign. */
function Change({ days }: { days: readonly HistoryDay[] }) {
  const { locale } = useWords()
  const [first, last] = [days[0], days.at(-1)]
  if (first === undefined || last === undefined) return null
  const text = new Intl.NumberFormat(locale, { signDisplay: 'exceptZero' })
  return <>{text.format(last.size - first.size)}</>
}

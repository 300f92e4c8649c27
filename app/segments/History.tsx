import { useState } from 'preact/hooks'
import { Failed } from '../ui/Failed.tsx'
import { Segmented } from '../ui/Segmented.tsx'
import { TableFrame } from '../ui/TableFrame.tsx'
import { useGet } from '../use-get.ts'
import { useWords } from '../words.ts'
import type { HistoryDay } from './shapes.ts'

const spans = ['30', '90', '365'] as const

/** Days of a chart that are drawn for so many pixels and no more. */
const size = { width: 640, height: 160 }

/** Size by day as a line, and the same days as a table with joiners, leavers, value and repurchase rate. */
export function History(props: { segment: string; span: string; choose: (span: string) => void }) {
  const { t } = useWords()
  const span = spans.find((one) => one === props.span) ?? '90'
  const [asTable, setAsTable] = useState(false)
  const path = `/segments/${encodeURIComponent(props.segment)}/history`
  const { data, error, ask } = useGet<{ items: HistoryDay[]; currency: string }>(path, {
    days: span,
  })
  return (
    <>
      <div class="chart-tools">
        <Segmented
          label={t('segmentation.span')}
          value={span}
          choices={spans.map((one) => ({
            value: one,
            label: t('segmentation.days', { count: Number(one) }),
          }))}
          onChange={props.choose}
        />
        <Segmented
          label={t('segmentation.as')}
          value={asTable ? 'table' : 'chart'}
          choices={[
            { value: 'chart', label: t('segmentation.chart') },
            { value: 'table', label: t('segmentation.table') },
          ]}
          onChange={(as) => setAsTable(as === 'table')}
        />
      </div>
      {data === undefined ? (
        error === null ? (
          <div class="chart-bone bones" aria-hidden="true" />
        ) : (
          <Failed error={error} retry={ask} level={2} />
        )
      ) : asTable ? (
        <Days items={data.items} currency={data.currency} />
      ) : (
        <Line items={data.items} />
      )}
    </>
  )
}

function Line({ items }: { items: readonly HistoryDay[] }) {
  const { t, number, day } = useWords()
  const [first, last] = [items[0], items.at(-1)]
  if (first === undefined || last === undefined) return null
  const sizes = items.map((one) => one.size)
  const top = Math.max(1, ...sizes)
  const x = (k: number) => (items.length < 2 ? 0 : (k / (items.length - 1)) * size.width)
  const y = (n: number) => size.height - (n / top) * (size.height - 8)
  const points = sizes.map((n, k) => `${x(k).toFixed(1)},${y(n).toFixed(1)}`)
  const text = t('segmentation.chart.text', {
    first: number(first.size),
    from: day(first.day),
    last: number(last.size),
    to: day(last.day),
    low: number(Math.min(...sizes)),
    high: number(Math.max(...sizes)),
  })
  return (
    <figure class="size-chart">
      <svg
        viewBox={`0 0 ${size.width} ${size.height + 4}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={text}
      >
        <polygon
          class="area"
          points={`0,${size.height} ${points.join(' ')} ${size.width},${size.height}`}
        />
        <polyline class="line" points={points.join(' ')} />
      </svg>
      <figcaption class="small subtle">{text}</figcaption>
    </figure>
  )
}

function Days({ items, currency }: { items: readonly HistoryDay[]; currency: string }) {
  const { t, number, money, percent, day } = useWords()
  return (
    <TableFrame label={t('segmentation.table')}>
      <table class="segment-table days">
        <thead>
          <tr>
            <th scope="col">{t('segmentation.day')}</th>
            {(['size', 'joined', 'left', 'value', 'repurchase'] as const).map((name) => (
              <th key={name} scope="col" class="number">
                {t(`segmentation.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.toReversed().map((one) => (
            <tr key={one.day}>
              <th scope="row">{day(one.day)}</th>
              <td class="number">{number(one.size)}</td>
              <td class="number">{number(one.joined)}</td>
              <td class="number">{number(one.left)}</td>
              <td class="number">{money(one.totalOrderValue, currency)}</td>
              <td class="number">
                {one.repurchaseRate === null ? '–' : percent(one.repurchaseRate)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  )
}

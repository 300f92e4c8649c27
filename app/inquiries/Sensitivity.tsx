import { Failed } from '../ui/Failed.tsx'
import { useWords } from '../words.ts'
import { hoursText } from './Figures.tsx'
import { useGet } from '../use-get.ts'

/** How much of a figure is made by the gap: the resolved share at gaps from an hour to thirty days. */
export function Sensitivity(props: {
  path: string
  period: { from: string; to: string }
  /** The gap that the method has; null: any. */
  own: number | null
}) {
  const { path, period, own } = props
  const words = useWords()
  const { t, percent } = words
  const { data, error, ask } = useGet<{ items: { gapHours: number; value: number | null }[] }>(
    `${path}/sensitivity`,
    { ...period, metric: 'resolutionRate' },
  )
  if (data === undefined) {
    return error === null ? null : <Failed error={error} retry={ask} level={2} />
  }
  return (
    <table class="case-gaps">
      <thead>
        <tr>
          <th scope="col">{t('inquiries.gap')}</th>
          <th scope="col">{t('inquiries.rate')}</th>
        </tr>
      </thead>
      <tbody>
        {data.items.map(({ gapHours, value }) => (
          <tr key={gapHours} {...(gapHours === own && { 'aria-current': 'true' })}>
            <th scope="row">{hoursText(words, gapHours)}</th>
            <td>
              <span class="number">{value === null ? '–' : percent(value)}</span>
              <span class="bar" style={{ inlineSize: `${(value ?? 0) * 80}%` }} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

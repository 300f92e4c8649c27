import { Failed } from '../ui/Failed.tsx'
import { TableFrame } from '../ui/TableFrame.tsx'
import { useGet } from '../use-get.ts'
import { useWords } from '../words.ts'
import type { Arrow, Matrix } from './shapes.ts'
import type { Period } from './use-counts.ts'

/** Movement between all segments of a group: from rows to columns; in the diagonal who stayed. */
export function MatrixTable(props: {
  group: string
  period: Period
  nameOf: (key: string) => string
  open: (arrow: Arrow) => void
}) {
  const { t, number, percent } = useWords()
  const { group, period, nameOf, open } = props
  const { data, error, ask } = useGet<Matrix>('/movements/matrix', {
    from: period.from,
    to: period.to,
    parity: period.parity ? 'true' : null,
    group: group === 'all' ? null : group,
  })
  if (data === undefined) {
    return error === null ? (
      <div class="bones journey-bone" aria-hidden="true" />
    ) : (
      <Failed error={error} retry={ask} level={2} />
    )
  }
  if (data.segments.length === 0) return <p class="subtle">{t('journeys.matrix.none')}</p>
  const cells = new Map(data.items.map((one) => [`${one.source} ${one.target}`, one]))
  return (
    <TableFrame label={t('journeys.matrix')}>
      <table class="matrix">
        <caption class="small subtle">{t('journeys.matrix.text')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('journeys.source')}</th>
            {data.segments.map(({ key }) => (
              <th key={key} scope="col" class="number">
                <bdi>{nameOf(key)}</bdi>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.segments.map((row) => (
            <tr key={row.key}>
              <th scope="row">
                <bdi>{nameOf(row.key)}</bdi>
              </th>
              {data.segments.map(({ key }) => {
                const cell = cells.get(`${row.key} ${key}`)
                if (cell === undefined) {
                  return (
                    <td key={key} class="number stayed" title={t('journeys.stayed')}>
                      {number(row.stayed)}
                    </td>
                  )
                }
                const names = { source: nameOf(row.key), target: nameOf(key) }
                const heat = Math.round(Math.sqrt(cell.rate ?? 0) * 50)
                const background = `color-mix(in srgb, var(--fill) ${heat}%, var(--bg))`
                return (
                  <td key={key} class="number" style={{ background }}>
                    <button
                      type="button"
                      aria-label={t('journeys.open', { ...names, moved: number(cell.moved) })}
                      title={cell.rate === null ? '' : percent(cell.rate)}
                      onClick={() => open({ source: row.key, target: key })}
                    >
                      {number(cell.moved)}
                    </button>
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  )
}

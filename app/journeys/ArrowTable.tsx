import { saveFile } from '../download.ts'
import { Defined } from '../ui/Defined.tsx'
import { Icon } from '../ui/Icon.tsx'
import { TableFrame } from '../ui/TableFrame.tsx'
import { useWords } from '../words.ts'
import { fileOf } from './file.ts'
import { daysText, incompleteText } from './sentence.ts'
import { type Arrow, idOf } from './shapes.ts'
import type { Known } from './use-counts.ts'

/** The board as a table: every figure of every arrow. */
export function ArrowTable(props: {
  arrows: readonly Arrow[]
  known: Known
  busy: boolean
  nameOf: (key: string) => string
  /** Opens the people behind an arrow. */
  open: (arrow: Arrow) => void
  /** While the board is drawn: chooses an arrow to change. */
  choose: ((arrow: Arrow) => void) | null
}) {
  const words = useWords()
  const { t, number, percent, locale } = words
  const { arrows, known, busy, nameOf, open, choose } = props
  const items = arrows.flatMap((arrow) => known.of(arrow) ?? [])
  const share = (rate: number | null) => (rate === null ? '–' : percent(rate))
  return (
    <>
      <TableFrame label={t('journeys.table')}>
        <table class="arrow-table" aria-busy={busy}>
          <caption class="hidden-text">{t('journeys.table')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('journeys.arrow')}</th>
              <th scope="col" class="number">
                <Defined id="journey.moved" label={t('journeys.moved')} />
              </th>
              <th scope="col" class="number">
                <Defined id="journey.sourceSize" label={t('journeys.sourceSize')} />
              </th>
              <th scope="col" class="number">
                <Defined id="journey.rate" label={t('journeys.rate')} />
              </th>
              <th scope="col" class="number">
                <Defined id="journey.joinedTarget" label={t('journeys.joinedTarget')} />
              </th>
              <th scope="col" class="number">
                <Defined id="journey.sameDay" label={t('journeys.sameDay')} />
              </th>
              <th scope="col" class="number">
                <Defined id="journey.medianDays" label={t('journeys.medianDays')} />
              </th>
              <th scope="col" class="number">
                {t('journeys.before')}
              </th>
            </tr>
          </thead>
          <tbody>
            {arrows.map((arrow) => {
              const one = known.of(arrow)
              const names = { source: nameOf(arrow.source), target: nameOf(arrow.target) }
              const missing = one === undefined ? null : incompleteText(words, one, nameOf)
              return (
                <tr key={idOf(arrow)}>
                  <th scope="row">
                    <bdi>{names.source}</bdi> <Icon name="next" tiny turns />{' '}
                    <span class="hidden-text">{t('journeys.to')}</span> <bdi>{names.target}</bdi>
                    {missing !== null && (
                      <span class="small warning">
                        <Icon name="warning" tiny /> {missing}
                      </span>
                    )}
                    {choose !== null && (
                      <button
                        type="button"
                        class="text-button small"
                        aria-label={t('journeys.arrow.change', {
                          ...names,
                          label: t('journeys.arrow.chosen'),
                        })}
                        onClick={() => choose(arrow)}
                      >
                        {t('journeys.arrow.chosen')}
                      </button>
                    )}
                  </th>
                  {one === undefined ? (
                    <td colSpan={7} class="subtle">
                      …
                    </td>
                  ) : (
                    <>
                      <td class="number">
                        <button
                          type="button"
                          class="text-button"
                          aria-label={t('journeys.open', { ...names, moved: number(one.moved) })}
                          onClick={() => open(arrow)}
                        >
                          {number(one.moved)}
                        </button>
                      </td>
                      <td class="number">{number(one.sourceSize)}</td>
                      <td class="number">
                        {share(one.rate)}
                        {one.low !== null && one.high !== null && (
                          <span class="small subtle under">
                            {t('journeys.between', {
                              low: percent(one.low),
                              high: percent(one.high),
                            })}
                          </span>
                        )}
                      </td>
                      <td class="number">{number(one.joinedTarget)}</td>
                      <td class="number">{number(one.sameDay)}</td>
                      <td class="number">
                        {one.medianDays === null ? '–' : daysText(locale, one.medianDays)}
                        {one.medianDays !== null && (
                          <span class="small subtle under">
                            {t('journeys.of', { n: number(one.n) })}
                          </span>
                        )}
                      </td>
                      <td class="number">
                        {number(one.previous.moved)}
                        <span class="small subtle under">{share(one.previous.rate)}</span>
                      </td>
                    </>
                  )}
                </tr>
              )
            })}
          </tbody>
        </table>
      </TableFrame>
      <button
        type="button"
        class="text-button small"
        disabled={items.length === 0}
        onClick={() => {
          const { from = '', to = '' } = items[0] ?? {}
          saveFile(`journey-${from}_${to}.csv`, 'text/csv', fileOf(items, nameOf))
        }}
      >
        {t('journeys.file')}
      </button>
    </>
  )
}

import type { Unit } from '../../worker/satisfaction/catalog.ts'
import type { Item } from '../../worker/satisfaction/view.ts'
import { Defined } from '../ui/Defined.tsx'
import { useWords } from '../words.ts'
import { levelKey, levels } from './Bars.tsx'
import { ChangeText } from './ChangeText.tsx'
import { periodName } from './figures.ts'
import { TableFrame } from '../ui/TableFrame.tsx'

/** The chart's figures as a table. */
export function PeriodTable(props: {
  items: readonly Item[]
  unit: Unit
  chosen: Item
  choose: (period: string) => void
}) {
  const words = useWords()
  const { t, number, percent } = words
  return (
    <TableFrame label={t('satisfaction.tableOf', { name: t('satisfaction.chart') })}>
      <table>
        <caption class="hidden-text">{t('satisfaction.chart')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('satisfaction.period')}</th>
            <th scope="col">
              <Defined id="satisfaction.ratings" label={t('satisfaction.ratings')} />
            </th>
            {levels.map((level) => (
              <th key={level} scope="col">
                {t(levelKey(level))}
              </th>
            ))}
            <th scope="col">
              <Defined id="satisfaction.rate" label={t('satisfaction.rate')} />
            </th>
            <th scope="col">
              <Defined id="satisfaction.change" label={t('satisfaction.change')} />
            </th>
          </tr>
        </thead>
        <tbody>
          {props.items.map((item) => (
            <tr key={item.period} class={item === props.chosen ? 'chosen' : ''}>
              <th scope="row">
                <button
                  type="button"
                  class="text-button"
                  aria-pressed={item === props.chosen}
                  onClick={() => props.choose(item.period)}
                >
                  {periodName(words, props.unit, item.period)}
                </button>
              </th>
              <td>{number(item.ratings)}</td>
              {levels.map((level) => (
                <td key={level}>{number(item.levels[level - 1] ?? 0)}</td>
              ))}
              <td>{item.rate === null ? '–' : percent(item.rate)}</td>
              <td>
                <ChangeText change={item.change} brief />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  )
}

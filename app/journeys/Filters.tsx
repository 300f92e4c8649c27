import { Choice, DayField } from '../inquiries/Fields.tsx'
import type { PageProps } from '../pages/pages.ts'
import { Segmented } from '../ui/Segmented.tsx'
import { useWords } from '../words.ts'
import { type daysOf, presets } from './period.ts'
import type { BoardEntry } from './shapes.ts'

export const views = ['board', 'list', 'matrix'] as const
export type View = (typeof views)[number]

/** Which board, which days, which view, and by which of the two ways of counting. */
export function Filters(props: {
  boards: readonly BoardEntry[]
  group: string
  days: ReturnType<typeof daysOf>
  view: View
  query: PageProps['query']
  set: (next: Record<string, string>) => void
}) {
  const { t } = useWords()
  const { boards, group, days, view, query, set } = props
  const label = (preset: (typeof presets)[number]) => {
    if (preset === 'own') return t('journeys.days.own')
    if (preset === 'month') return t('journeys.days.month')
    if (preset === 'lastMonth') return t('journeys.days.lastMonth')
    return t('journeys.days.last', { count: Number(preset) })
  }
  return (
    <div class="fields">
      {boards.length > 1 && (
        <Choice
          label={t('journeys.group')}
          value={group}
          choices={boards.map((one) => ({
            value: one.group,
            label: one.name ?? t('journeys.everything'),
          }))}
          choose={(value) => set({ group: value === 'all' ? '' : value, arrow: '' })}
        />
      )}
      <Choice
        label={t('journeys.days')}
        value={days.preset}
        choices={presets.map((one) => ({ value: one, label: label(one) }))}
        choose={(value) =>
          set(
            value === 'own'
              ? { days: value, from: days.from, to: days.to }
              : { days: value, from: '', to: '' },
          )
        }
      />
      {days.preset === 'own' && (
        <>
          <DayField
            label={t('journeys.from')}
            value={days.from}
            choose={(from) => set({ from, to: from > days.to ? from : days.to })}
          />
          <DayField
            label={t('journeys.until')}
            value={days.to}
            choose={(to) => set({ to, from: to < days.from ? to : days.from })}
          />
        </>
      )}
      <Segmented
        label={t('journeys.view')}
        value={view}
        choices={views.map((one) => ({ value: one, label: t(`journeys.view.${one}`) }))}
        onChange={(value) => set({ view: value })}
      />
      <label class="check small" title={t('journeys.parity.text')}>
        <input
          type="checkbox"
          checked={query['parity'] === '1'}
          onChange={(event) => set({ parity: event.currentTarget.checked ? '1' : '' })}
        />{' '}
        {t('journeys.parity')}
      </label>
    </div>
  )
}

import { bases, hoursChoices, units } from '../../worker/satisfaction/catalog.ts'
import type { Group } from '../../worker/satisfaction/view.ts'
import { Segmented } from '../ui/Segmented.tsx'
import { type Key, useWords } from '../words.ts'
import { type Filter, type PageFilter, pageFilters } from './filter.ts'
import { groupName } from './Moved.tsx'

const names: Readonly<Record<PageFilter, Key>> = {
  channel: 'by.channel',
  group: 'by.group',
  agent: 'by.agent',
  type: 'by.type',
  segment: 'by.segment',
}

/** What is looked at: length of the periods, hours, the day that counts, and filters of the ratings. */
export function Filters(props: {
  filter: Filter
  groups: readonly Group[]
  segments: readonly { key: string; name: string }[]
  hasSchedule: boolean
  set: (change: Partial<Filter>) => void
}) {
  const words = useWords()
  const { t, maybe } = words
  const { filter, groups, segments, set } = props
  const lengths = units.map((value) => ({ value, label: t(`unit.${value}`) }))
  const hours = hoursChoices.map((value) => ({ value, label: t(`hours.${value}`) }))
  const days = bases.map((value) => ({ value, label: t(`basis.${value}`) }))
  const optionsOf = (name: PageFilter) =>
    name === 'segment'
      ? segments.map(({ key, name: own }) => ({ key, label: maybe(`segment.${key}`) ?? own }))
      : groups
          .filter(({ by }) => by === name)
          .map((group) => ({
            key: group.key,
            label: groupName(words, name, group.key, group.name),
          }))
  return (
    <div class="filters">
      <Segmented
        label={t('unit.label')}
        choices={lengths}
        value={filter.unit}
        onChange={(value) =>
          set({ unit: units.find((one) => one === value) ?? 'week', at: '', level: '', reason: '' })
        }
      />
      {props.hasSchedule && (
        <Segmented
          label={t('by.hours')}
          choices={hours}
          value={filter.hours}
          onChange={(value) => set({ hours: hoursChoices.find((one) => one === value) ?? 'all' })}
        />
      )}
      <Segmented
        label={t('basis.label')}
        choices={days}
        value={filter.basis}
        onChange={(value) => set({ basis: bases.find((one) => one === value) ?? 'rating' })}
      />
      {pageFilters.map((name) => {
        const options = optionsOf(name)
        const known = options.some(({ key }) => key === filter[name])
        if (options.length < 2 && filter[name] === '') return null
        return (
          <select
            key={name}
            class="select"
            aria-label={t(names[name])}
            value={filter[name]}
            onChange={(event) => set({ [name]: event.currentTarget.value })}
          >
            <option value="">{t('filter.all', { name: t(names[name]) })}</option>
            {!known && filter[name] !== '' && <option value={filter[name]}>{filter[name]}</option>}
            {options.map(({ key, label }) => (
              <option key={key} value={key}>
                {label}
              </option>
            ))}
          </select>
        )
      })}
    </div>
  )
}

import { type Dimension, dimensions } from '../../worker/satisfaction/catalog.ts'
import type { Group, Item, KeyedPart } from '../../worker/satisfaction/view.ts'
import { Defined } from '../ui/Defined.tsx'
import { Section } from '../ui/Section.tsx'
import { Tag } from '../ui/Tag.tsx'
import { type Key, useWords, type Words } from '../words.ts'
import { levelKey } from './Bars.tsx'
import { ChangeText } from './ChangeText.tsx'
import { directionOf, largestPart, points, sumsOf } from './figures.ts'
import type { Answer } from './shapes.ts'
import { TableFrame } from '../ui/TableFrame.tsx'

const names: Readonly<Record<Dimension, Key>> = {
  level: 'by.level',
  reason: 'by.reason',
  channel: 'by.channel',
  hours: 'by.hours',
  agent: 'by.agent',
  group: 'by.group',
  type: 'by.type',
  segment: 'by.segment',
  instance: 'by.instance',
}

/** What a group is called; levels, hours and "none" have words of ours. */
export function groupName({ t }: Words, by: Dimension, key: string, name: string): string {
  if (by === 'level') return t(levelKey(Number(key)))
  if (by === 'hours') return t(key === 'working' ? 'hours.working' : 'hours.off')
  if (key === '(none)') return t(by === 'reason' ? 'by.noReason' : 'by.none')
  return name
}

/** The change of the period looked at, split over a partition: by the groups' own rates and by shift between them. */
export function Moved(props: {
  item: Item
  view: Answer | undefined
  by: Dimension
  choose: (by: Dimension) => void
}) {
  const words = useWords()
  const { t } = words
  const { item, view, by, choose } = props
  const parts = view?.total?.change?.parts ?? []
  const groups = view?.groups ?? []
  return (
    <Section
      name="moved"
      title={t('moved.title')}
      note={
        <select
          class="select"
          aria-label={t('moved.by')}
          value={by}
          onChange={(event) => {
            const next = dimensions.find((one) => one === event.currentTarget.value)
            if (next !== undefined) choose(next)
          }}
        >
          {dimensions.map((one) => (
            <option key={one} value={one}>
              {t(names[one])}
            </option>
          ))}
        </select>
      }
    >
      <p class="sentence">{sentence(words, item, by, parts, groups)}</p>
      {view === undefined ? (
        <div class="bone table-bone bones" aria-hidden="true" />
      ) : groups.length === 0 ? (
        <p class="subtle">{t('moved.none')}</p>
      ) : (
        <Groups groups={groups} parts={parts} by={by} />
      )}
    </Section>
  )
}

/** One sentence, made of the numbers alone. */
function sentence(
  words: Words,
  item: Item,
  by: Dimension,
  parts: readonly KeyedPart[],
  groups: readonly Group[],
): string {
  const { t, percent } = words
  const { change } = item
  if (change === null) return t('moved.noComparison')
  const direction = directionOf(change)
  const values = {
    points: points(words, Math.abs(change.value)).replace(/^\+/, ''),
    before: percent(item.previous.rate ?? 0),
    now: percent(item.rate ?? 0),
  }
  const head =
    direction === null
      ? t('moved.unclear', values)
      : t(direction === 'up' ? 'moved.rose' : 'moved.fell', values)
  const largest = largestPart(parts, change.value)
  if (largest === null) return head
  const { rate, mix } = sumsOf(parts)
  const name = groups.find(({ key }) => key === largest.key)?.name ?? largest.key
  const most = t('moved.most', {
    name: groupName(words, by, largest.key, name),
    points: points(words, largest.rate + largest.mix),
  })
  if (by === 'level') return `${head} ${most}`
  const split = t('moved.split', { rate: points(words, rate), mix: points(words, mix) })
  return `${head} ${split} ${most}`
}

function Groups(props: { groups: readonly Group[]; parts: readonly KeyedPart[]; by: Dimension }) {
  const words = useWords()
  const { t, number, percent } = words
  const { groups, parts, by } = props
  const partOf = new Map(parts.map((part) => [part.key, part]))
  const widest = Math.max(...parts.map(({ rate, mix }) => Math.abs(rate + mix)), 1e-9)
  const format = (value: number) => number(Math.round(value * 10) / 10)
  return (
    <TableFrame label={t('satisfaction.tableOf', { name: t('moved.title') })}>
      <table>
        <caption class="hidden-text">{t(names[by])}</caption>
        <thead>
          <tr>
            <th scope="col">{t(names[by])}</th>
            <th scope="col">
              <Defined id="satisfaction.ratings" label={t('satisfaction.ratings')} />
            </th>
            <th scope="col">
              <Defined id="satisfaction.rate" label={t('satisfaction.rate')} />
            </th>
            <th scope="col">
              <Defined id="satisfaction.adjustedRate" label={t('moved.adjusted')} />
            </th>
            <th scope="col">
              <Defined id="satisfaction.change" label={t('satisfaction.change')} />
            </th>
            <th scope="col">
              <Defined id="satisfaction.ratePart" label={t('moved.byRate')} />
            </th>
            <th scope="col">
              <Defined id="satisfaction.mixPart" label={t('moved.byMix')} />
            </th>
            <th scope="col">{t('moved.sum')}</th>
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => {
            const part = partOf.get(group.key)
            const sum = part === undefined ? null : part.rate + part.mix
            return (
              <tr key={group.key}>
                <th scope="row">
                  <bdi>{groupName(words, by, group.key, group.name)}</bdi>{' '}
                  {group.standing !== null && by !== 'level' && by !== 'reason' && (
                    <Tag tone={group.standing === 'above' ? 'green' : 'red'}>
                      {t(group.standing === 'above' ? 'moved.above' : 'moved.below')}
                    </Tag>
                  )}
                </th>
                <td>{format(group.ratings)}</td>
                <td
                  title={t('satisfaction.interval', {
                    low: percent(group.low),
                    high: percent(group.high),
                  })}
                >
                  {group.rate === null ? '–' : percent(group.rate)}
                </td>
                <td>{group.adjustedRate === null ? '–' : percent(group.adjustedRate)}</td>
                <td>
                  <ChangeText change={group.change} brief />
                </td>
                <td>{part === undefined ? '–' : points(words, part.rate)}</td>
                <td>{part === undefined ? '–' : points(words, part.mix)}</td>
                <td class="sum">
                  {sum === null ? '–' : points(words, sum)}
                  {sum !== null && (
                    <span class="diverging" aria-hidden="true">
                      <span
                        class={sum < 0 ? 'minus' : 'plus'}
                        style={{ width: `${(Math.abs(sum) / widest) * 50}%` }}
                      />
                    </span>
                  )}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </TableFrame>
  )
}

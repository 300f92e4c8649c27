import { useCallback, useState } from 'preact/hooks'
import { useAnswer } from '../answers.ts'
import { type Query, searchOf } from '../api.ts'
import { saveFile } from '../download.ts'
import type { PageProps } from '../pages/pages.ts'
import { useSurroundings } from '../surroundings.ts'
import { Empty } from '../ui/Empty.tsx'
import { Failed, failureOf, failureTitle } from '../ui/Failed.tsx'
import { Guarded } from '../ui/Guarded.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Section } from '../ui/Section.tsx'
import { useWords } from '../words.ts'
import { Bars } from './Bars.tsx'
import { Cards } from './Cards.tsx'
import { chosenItem, directionOf, periodName } from './figures.ts'
import {
  chartQuestion,
  choiceOf,
  type Filter,
  isNarrowed,
  readFilter,
  writeFilter,
} from './filter.ts'
import { Filters } from './Filters.tsx'
import { Moved } from './Moved.tsx'
import { PeriodTable } from './PeriodTable.tsx'
import { Ratings } from './Ratings.tsx'
import { Reasons } from './Reasons.tsx'
import type { Answer, RatedPage, StakeAnswer } from './shapes.ts'
import { Stake } from './Stake.tsx'
import './satisfaction.css'

/** How satisfied customers are, what moved it, whether it is real, and who stands behind it. */
export function SatisfactionPage({ query, change }: PageProps) {
  const words = useWords()
  const { t } = words
  const filter = readFilter(query)
  const set = (next: Partial<Filter>, replace = false) =>
    change(writeFilter({ ...filter, ...next }), replace)
  const { data, error, ask } = useGet<Answer>('/satisfaction', chartQuestion(filter))
  const segments = useGet<{ items: { key: string; name: string }[] }>('/segments', {})
  const save = useSave()
  const item = data === undefined ? null : chosenItem(data.items, filter.at)
  if (data === undefined && error !== null && failureOf(error) === 'forbidden') {
    return (
      <div class="satisfaction">
        <Empty icon="lock" title={t('satisfaction.forbidden.title')}>
          <p class="subtle">{t('satisfaction.forbidden.text')}</p>
        </Empty>
      </div>
    )
  }
  return (
    <div class="satisfaction">
      <header class="page-head">
        <h1>{t('page.satisfaction')}</h1>
        {item !== null && (
          <p class="subtle">
            {item.finished
              ? periodName(words, filter.unit, item.period)
              : t('satisfaction.soFar', {
                  period: periodName(words, filter.unit, item.period),
                })}
          </p>
        )}
        <span class="small subtle asof">
          {data !== undefined && t('freshness.asOf', { time: words.dateTime(data.asOf) })}
        </span>
      </header>
      <Filters
        filter={filter}
        groups={data?.groups ?? []}
        segments={segments.data?.items ?? []}
        hasSchedule={data?.hasSchedule === true || filter.hours !== 'all'}
        set={set}
      />
      {error !== null && data !== undefined && (
        <Notice tone="amber" icon="warning">
          <p>
            <strong>{t(failureTitle(failureOf(error)))}</strong> {t('satisfaction.old')}
          </p>
          <button type="button" class="text-button" onClick={ask}>
            {t('retry')}
          </button>
        </Notice>
      )}
      {data === undefined && error !== null && <Failed error={error} retry={ask} level={2} />}
      {data === undefined && error === null && <Bones />}
      {data !== undefined && item !== null && data.items.every(({ ratings }) => ratings === 0) && (
        <Empty icon="star" level={2} title={t('satisfaction.empty.title')}>
          <p class="subtle">
            {t(isNarrowed(filter) ? 'satisfaction.empty.narrowed' : 'satisfaction.empty.text')}
          </p>
        </Empty>
      )}
      {data !== undefined && item !== null && data.items.some(({ ratings }) => ratings > 0) && (
        <Figures data={data} filter={filter} set={set} at={item.period} save={save} />
      )}
    </div>
  )
}

/** Everything below the filters, of one period. */
function Figures(props: {
  data: Answer
  filter: Filter
  at: string
  set: (next: Partial<Filter>, replace?: boolean) => void
  save: (path: string, query: Query, name: string) => void
}) {
  const words = useWords()
  const { t, percent } = words
  const { data, filter, set, save } = props
  const item = chosenItem(data.items, props.at)
  const span: Query = item === null ? {} : { ...choiceOf(filter), from: item.from, to: item.to }
  const moved = useGet<Answer>('/satisfaction', { ...span, by: filter.by })
  const stake = useGet<StakeAnswer>('/satisfaction/at-stake', { ...span, limit: 10 })
  const [limit, setLimit] = useState(10)
  const listed: Query = { ...span, level: filter.level, reason: filter.reason }
  const ratings = useGet<RatedPage>('/satisfaction/tickets', { ...listed, limit })
  if (item === null) return null
  const choose = (period: string, level = '') => set({ at: period, level }, true)
  const steps = stepsOf(data)
  return (
    <>
      {directionOf(item.change) === 'down' && item.finished && (
        <Notice tone="red" icon="warning">
          <p>{t('satisfaction.alert', { share: percent(data.falseAlarms) })}</p>
        </Notice>
      )}
      <Cards item={item} stake={stake.data} />
      <div class="columns">
        <Section
          name="chart-section"
          title={t('satisfaction.chart')}
          note={
            <span class="actions">
              <button
                type="button"
                class="text-button small"
                onClick={() => set({ to: steps.earlier, at: '' })}
              >
                {t('satisfaction.earlier')}
              </button>
              {filter.to !== '' && (
                <button
                  type="button"
                  class="text-button small"
                  onClick={() => set({ to: '', at: '' })}
                >
                  {t('satisfaction.latest')}
                </button>
              )}
              <button
                type="button"
                class="text-button small"
                aria-pressed={filter.table}
                onClick={() => set({ table: !filter.table }, true)}
              >
                {t('satisfaction.table')}
              </button>
              <button
                type="button"
                class="text-button small"
                onClick={() =>
                  save('/satisfaction.csv', { ...choiceOf(filter), to: filter.to }, 'satisfaction')
                }
              >
                {t('satisfaction.csv')}
              </button>
            </span>
          }
        >
          {filter.table ? (
            <PeriodTable items={data.items} unit={filter.unit} chosen={item} choose={choose} />
          ) : (
            <Bars
              items={data.items}
              unit={filter.unit}
              chosen={item}
              level={filter.level}
              choose={choose}
            />
          )}
        </Section>
        <Reasons item={item} reason={filter.reason} choose={(reason) => set({ reason }, true)} />
      </div>
      <Guarded>
        <Moved item={item} view={moved.data} by={filter.by} choose={(by) => set({ by }, true)} />
      </Guarded>
      <div class="columns even">
        <Guarded>
          <Ratings
            page={ratings.data}
            error={ratings.error}
            retry={ratings.ask}
            filter={filter}
            narrow={(next) => set(next, true)}
            more={
              ratings.data !== undefined && ratings.data.next !== null && limit < 200
                ? () => setLimit(Math.min(200, limit + 30))
                : null
            }
            save={() => save('/satisfaction/tickets.csv', listed, 'ratings')}
          />
        </Guarded>
        <Guarded>
          <Stake stake={stake.data} />
        </Guarded>
      </div>
    </>
  )
}

/** The day before the periods shown: where the ones before them end. */
function stepsOf({ items }: Answer): { earlier: string } {
  const first = items[0]?.from ?? '1970-01-02'
  const before = new Date(Date.parse(`${first}T00:00:00Z`) - 86_400_000)
  return { earlier: before.toISOString().slice(0, 10) }
}

function useGet<T>(path: string, query: Query) {
  const { api } = useSurroundings()
  const asked = `${path}${searchOf(query)}`
  const load = useCallback((signal: AbortSignal) => api.get<T>(asked, {}, signal), [api, asked])
  return useAnswer<T>(asked, {
    load,
    pace: ({ failures }) => (failures > 0 ? 120_000 : 300_000),
  })
}

/** Saves what a route of the API answers as a file. */
function useSave() {
  const { api } = useSurroundings()
  return (path: string, query: Query, name: string) => {
    api.text(path, query).then(
      (text) => saveFile(`${name}.csv`, 'text/csv', text),
      () => {
        // The page around says what is wrong with the connection.
      },
    )
  }
}

function Bones() {
  return (
    <div class="bones" aria-hidden="true">
      <span class="bone cards-bone" />
      <span class="bone chart-bone" />
    </div>
  )
}

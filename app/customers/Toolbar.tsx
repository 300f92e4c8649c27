import { useMemo } from 'preact/hooks'
import type { Names } from '../rules/facts.ts'
import { useNames } from '../rules/lookup.ts'
import { sayFact } from '../rules/say.ts'
import { useWords } from '../words.ts'
import { ActDialog } from './ActDialog.tsx'
import { ColumnChoice } from './ColumnChoice.tsx'
import { FileDialog } from './FileDialog.tsx'
import type { Filter } from './list.ts'

/** Fields that a list can show and group by. */
export function fieldsOf(names: Names): string[] {
  const own = [...new Set([...names.order, ...names.line])]
  return [
    ...names.trait.map((name) => `trait.${name}`),
    'tag',
    ...['channel', 'title', ...own].flatMap((name) => [
      `orders.first.${name}`,
      `orders.last.${name}`,
    ]),
  ]
}

/** Which customers a list shows, whatever their order. */
function actQuery(filter: Filter): Record<string, string> {
  const { view, segment, q } = filter
  const rule = filter.filter === null ? '' : JSON.stringify(filter.filter)
  return Object.fromEntries(
    Object.entries({ view, segment, q, filter: rule }).filter(([, text]) => text !== ''),
  )
}

/** How the list is seen: rows, groups, columns; and its file. */
export function Toolbar(props: {
  filter: Filter
  total: number | null
  set: (next: Partial<Filter>) => void
}) {
  const words = useWords()
  const { t } = words
  const { filter, total, set } = props
  const names = useNames()
  // There may be a hundred of them, and what is drawn once stays the same.
  const fields = useMemo(() => fieldsOf(names), [names])
  const options = useMemo(
    () =>
      fields.map((field) => (
        <option key={field} value={field}>
          {sayFact(words, field)}
        </option>
      )),
    [fields, words],
  )
  const views = useMemo(() => ['channel', ...new Set([...names.order, ...names.line])], [names])
  return (
    <div class="toolbar">
      <label class="field">
        <span class="small subtle">{t('customers.view')}</span>
        <select
          class="select"
          value={filter.view}
          onChange={(event) => set({ view: event.currentTarget.value })}
        >
          <option value="person">{t('customers.view.person')}</option>
          {[...new Set([...views, ...(filter.view === 'person' ? [] : [filter.view])])].map(
            (view) => (
              <option key={view} value={view}>
                {t('customers.view.by', { name: words.maybe(`property.${view}`) ?? view })}
              </option>
            ),
          )}
        </select>
      </label>
      <label class="field">
        <span class="small subtle">{t('customers.groupBy')}</span>
        <select
          class="select"
          value={filter.groupBy}
          onChange={(event) => set({ groupBy: event.currentTarget.value })}
        >
          <option value="">{t('customers.groupBy.none')}</option>
          {filter.groupBy !== '' && !fields.includes(filter.groupBy) && (
            <option value={filter.groupBy}>{sayFact(words, filter.groupBy)}</option>
          )}
          {options}
        </select>
      </label>
      <ColumnChoice
        columns={filter.columns}
        fields={fields}
        choose={(columns) => set({ columns })}
      />
      <FileDialog filter={filter} total={total} />
      <ActDialog on={{ query: actQuery(filter) }} total={total ?? 0} />
    </div>
  )
}

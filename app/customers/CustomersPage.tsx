import { useCallback, useEffect, useState } from 'preact/hooks'
import { ApiError } from '../api.ts'
import { useAnswer } from '../answers.ts'
import { searchOf } from '../api.ts'
import type { PageProps } from '../pages/pages.ts'
import { useSurroundings } from '../surroundings.ts'
import { Empty } from '../ui/Empty.tsx'
import { Failed, failureOf, failureTitle } from '../ui/Failed.tsx'
import { Notice } from '../ui/Notice.tsx'
import { useWords } from '../words.ts'
import { CustomerDrawer } from './CustomerDrawer.tsx'
import { CustomerTable } from './CustomerTable.tsx'
import { type CustomerPage, type Filter, questionOf, readFilter, writeFilter } from './list.ts'
import { Pager } from './Pager.tsx'
import { Pills } from './Pills.tsx'
import { SavedLists } from './SavedLists.tsx'
import { Search } from './Search.tsx'
import { SegmentFilter } from './SegmentFilter.tsx'
import { Toolbar } from './Toolbar.tsx'
import { useSegments } from './use-segments.ts'
import '../ui/dialog.css'
import '../ui/forms.css'
import '../ui/select.css'
import '../ui/table-frame.css'
import './customers.css'
import './tools.css'

/** Everybody we know: search, segments, order, pages, and each one's card in a drawer. */
export function CustomersPage({ query, change }: PageProps) {
  const { t, number } = useWords()
  const { account } = useSurroundings()
  const filter = readFilter(query)
  const { data, error, ask } = useCustomers(filter)
  const { skipped } = filter
  const [kept, setKept] = useState<{ page: CustomerPage; skipped: number } | null>(null)
  useEffect(() => {
    if (data !== undefined) setKept({ page: data, skipped })
  }, [data, skipped])
  const [trail, setTrail] = useState<readonly { after: string; skipped: number }[]>([])
  // Until the next page comes the last one stays, with the numbers of its own rows.
  const shown = data !== undefined ? { page: data, skipped } : error === null ? kept : null
  const page = shown?.page ?? null
  const set = (next: Partial<Filter>, replace = false) =>
    change(writeFilter({ ...filter, ...next }), replace)
  const first = { after: '', skipped: 0 }
  const narrowed = filter.q !== '' || filter.segment !== '' || filter.filter !== null
  const segments = useSegments().data?.items ?? []
  const currency = page?.items[0]?.currency ?? account.currency

  return (
    <div class="customers">
      <header class="page-head">
        <h1>{t('page.customers')}</h1>
        <output class="subtle number">
          {page === null
            ? ''
            : t(page.totalIsApproximate === true ? 'customers.about' : 'customers.total', {
                count: page.total,
              })}
        </output>
        <Search value={filter.q} search={(q) => set({ q, ...first }, true)} />
      </header>
      <SegmentFilter value={filter.segment} choose={(segment) => set({ segment, ...first })}>
        <SavedLists filter={filter} show={(query) => change(query)} />
      </SegmentFilter>
      <div class="list">
        <Pills
          filter={filter}
          segments={segments}
          currency={currency}
          set={(next) => set({ ...next, ...first })}
        />
        <Toolbar
          filter={filter}
          total={page?.total ?? null}
          set={(next) => set({ ...next, ...first })}
        />
        {error !== null && data !== undefined && (
          <Notice tone="amber" icon="warning">
            <p>
              <strong>{t(failureTitle(failureOf(error)))}</strong> {t('customers.old')}
            </p>
            <button type="button" class="text-button" onClick={ask}>
              {t('retry')}
            </button>
          </Notice>
        )}
        {error instanceof ApiError && error.status === 422 ? (
          <Empty icon="warning" level={2} title={t('customers.wrong.title')}>
            <p class="subtle">{t('customers.wrong.text')}</p>
            <p class="small subtle">
              <bdi>{error.message}</bdi>
            </p>
            <button type="button" class="button" onClick={() => change({})}>
              {t('customers.clear')}
            </button>
          </Empty>
        ) : page === null && error !== null ? (
          <Failed error={error} retry={ask} level={2} />
        ) : page !== null && page.items.length === 0 ? (
          <Empty
            icon={narrowed ? 'search' : 'people'}
            level={2}
            title={t(narrowed ? 'customers.noMatch.title' : 'customers.nobody.title')}
          >
            <p class="subtle">{t(narrowed ? 'customers.noMatch.text' : 'customers.nobody.text')}</p>
            {narrowed && (
              <button
                type="button"
                class="button"
                onClick={() => set({ q: '', segment: '', filter: null, list: '', ...first })}
              >
                {t('customers.clear')}
              </button>
            )}
          </Empty>
        ) : (
          <>
            <CustomerTable
              page={page}
              skipped={shown?.skipped ?? 0}
              busy={data === undefined}
              filter={filter}
              sortBy={(sort) => set({ sort, ...first })}
              open={(id) => set({ open: id })}
            />
            {page !== null && shown !== null && (
              <Pager
                from={shown.skipped + 1}
                shown={page.items.length}
                total={number(page.total)}
                previous={
                  filter.after === ''
                    ? null
                    : () => {
                        setTrail(trail.slice(0, -1))
                        set(trail.at(-1) ?? first)
                      }
                }
                next={
                  page.next === null || data === undefined
                    ? null
                    : () => {
                        setTrail([...trail, { after: filter.after, skipped: filter.skipped }])
                        set({
                          after: page.next ?? '',
                          skipped: filter.skipped + page.items.length,
                        })
                      }
                }
              />
            )}
          </>
        )}
      </div>
      <CustomerDrawer
        id={filter.open}
        ids={[...new Set(page?.items.map(({ id }) => id))]}
        show={(id) => set({ open: id }, true)}
      />
    </div>
  )
}

function useCustomers(filter: Filter) {
  const { api } = useSurroundings()
  const path = `/customers${searchOf(questionOf(filter))}`
  const load = useCallback(
    (signal: AbortSignal) => api.get<CustomerPage>(path, {}, signal),
    [api, path],
  )
  return useAnswer(path, { load, pace: ({ failures }) => (failures > 0 ? 120_000 : 60_000) })
}

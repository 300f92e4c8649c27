import { useCallback, useEffect, useState } from 'preact/hooks'
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
import { Search } from './Search.tsx'
import { SegmentFilter } from './SegmentFilter.tsx'
import './customers.css'

/** Everybody we know: search, segments, order, pages, and each one's card in a drawer. */
export function CustomersPage({ query, change }: PageProps) {
  const { t, number } = useWords()
  const filter = readFilter(query)
  const { data, error, ask } = useCustomers(filter)
  const [kept, setKept] = useState<CustomerPage | null>(null)
  useEffect(() => {
    if (data !== undefined) setKept(data)
  }, [data])
  const [trail, setTrail] = useState<readonly { after: string; skipped: number }[]>([])
  const page = data ?? (error === null ? kept : null)
  const set = (next: Partial<Filter>, replace = false) =>
    change(writeFilter({ ...filter, ...next }), replace)
  const first = { after: '', skipped: 0 }
  const narrowed = filter.q !== '' || filter.segment !== ''

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
      <SegmentFilter value={filter.segment} choose={(segment) => set({ segment, ...first })} />
      <div class="list">
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
        {page === null && error !== null ? (
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
                onClick={() => set({ q: '', segment: '', ...first })}
              >
                {t('customers.clear')}
              </button>
            )}
          </Empty>
        ) : (
          <>
            <CustomerTable
              page={page}
              busy={data === undefined}
              sort={filter.sort}
              skipped={filter.skipped}
              sortBy={(sort) => set({ sort, ...first })}
              open={(id) => set({ open: id })}
            />
            {page !== null && (
              <Pager
                from={filter.skipped + 1}
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
        ids={page?.items.map(({ id }) => id) ?? []}
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

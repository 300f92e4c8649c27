import type { FunctionComponent } from 'preact'
import { useCallback, useEffect, useState } from 'preact/hooks'
import { useAnswer } from '../answers.ts'
import { useRoute, writeRoute } from '../router.ts'
import { useSurroundings } from '../surroundings.ts'
import { Failed } from '../ui/Failed.tsx'
import { useWords } from '../words.ts'
import { type PageProps, pages } from './pages.ts'
import './shell.css'

/** The nav-bar tab: its pages as tabs, the state of the data, and the page of the address. */
export function Shell() {
  const { t } = useWords()
  const { route, go } = useRoute()
  const { role } = useSurroundings()
  const page = pages.find(({ id }) => id === route.page) ?? pages[0]
  const shown = pages.filter((one) => role === 'admin' || !('forAdmins' in one))
  return (
    <div class="shell">
      <header class="shell-head">
        <span class="brand">Rapport</span>
        <nav aria-label={t('pages')}>
          <ul>
            {shown.map(({ id, title }) => (
              <li key={id}>
                <a
                  href={writeRoute({ page: id, query: {} })}
                  {...(id === page.id && { 'aria-current': 'page' })}
                >
                  {t(title)}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <Waiting />
      </header>
      <main>
        <LoadedPage
          key={page.id}
          load={page.load}
          query={page.id === route.page ? route.query : {}}
          change={(query, replace) => go({ page: page.id, query }, replace)}
        />
      </main>
    </div>
  )
}

/** How many persons' changes are still to be counted in; nothing when all are. */
function Waiting() {
  const { t } = useWords()
  const { api } = useSurroundings()
  const load = useCallback(
    (signal: AbortSignal) => api.get<{ stale: number }>('/status', {}, signal),
    [api],
  )
  const { data } = useAnswer('status', {
    load,
    pace: (answer) =>
      answer.failures > 0 ? 120_000 : (answer.data?.stale ?? 0) > 0 ? 3_000 : 30_000,
  })
  const stale = data?.stale ?? 0
  return (
    <output class="small waiting">{stale > 0 ? t('status.waiting', { count: stale }) : ''}</output>
  )
}

function LoadedPage(props: PageProps & { load: () => Promise<FunctionComponent<PageProps>> }) {
  const { load, query, change } = props
  const [page, setPage] = useState<{ of: FunctionComponent<PageProps> } | null>(null)
  const [error, setError] = useState<unknown>(null)
  const open = useCallback(() => {
    setError(null)
    load().then((of) => setPage({ of }), setError)
  }, [load])
  useEffect(open, [open])
  if (page !== null) return <page.of query={query} change={change} />
  return error === null ? <PageSkeleton /> : <Failed error={error} retry={open} />
}

/** The tab before its words. */
export function ShellSkeleton() {
  return (
    <div class="shell">
      <div class="shell-head">
        <span class="brand">Rapport</span>
      </div>
      <PageSkeleton />
    </div>
  )
}

function PageSkeleton() {
  return <div class="page-bone bones" aria-hidden="true" />
}

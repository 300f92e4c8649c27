import { useCallback } from 'preact/hooks'
import { useAnswer } from '../answers.ts'
import type { PageProps } from '../pages/pages.ts'
import { useSurroundings } from '../surroundings.ts'
import { Failed } from '../ui/Failed.tsx'
import { useGet } from '../use-get.ts'
import { useWords } from '../words.ts'
import { Filters, type View, views } from './Filters.tsx'
import type { Segment } from './names.ts'
import { daysOf } from './period.ts'
import type { Board, BoardEntry } from './shapes.ts'
import { Workspace } from './Workspace.tsx'
import '../ui/dialog.css'
import '../customers/customers.css'
import '../inquiries/inquiries.css'
import './journeys.css'

/** Below this the board has no room, and its list comes first, in CSS pixels. */
const NARROW = 600

/** How customers move between segments in any days that are over: a board of arrows, its list, and all pairs. */
export function JourneysPage({ query, change }: PageProps) {
  const { t } = useWords()
  const { api } = useSurroundings()
  const set = (next: Record<string, string>) => change({ ...query, ...next })
  const group = query['group'] || 'all'
  const wanted = views.find((one) => one === query['view'])
  const view: View = wanted ?? (innerWidth < NARROW ? 'list' : 'board')
  const boards = useGet<{ items: BoardEntry[]; today: string }>('/boards', {})
  const today = boards.data?.today ?? ''
  const days = today === '' ? null : daysOf(query, today)
  const segments = useGet<{ items: Segment[] }>('/segments', { limit: 200 })
  const path = `/boards/${encodeURIComponent(group)}`
  const load = useCallback((signal: AbortSignal) => api.get<Board>(path, {}, signal), [api, path])
  // Somebody else may be drawing too.
  const board = useAnswer(path, { load, pace: () => 20_000 })
  const failed = [boards, board, segments].find(
    (one) => one.error !== null && one.data === undefined,
  )
  return (
    <div class="inquiries journeys">
      <h1>{t('page.journeys')}</h1>
      {days !== null && (
        <Filters
          boards={boards.data?.items ?? []}
          group={group}
          days={days}
          view={view}
          query={query}
          set={set}
        />
      )}
      {days !== null && board.data !== undefined && segments.data !== undefined ? (
        <Workspace
          key={group}
          board={board.data}
          reload={board.ask}
          segments={segments.data.items}
          period={{ from: days.from, to: days.to, parity: query['parity'] === '1' }}
          today={today}
          view={view}
          arrow={query['arrow'] ?? ''}
          open={(arrow) => change({ ...query, arrow }, true)}
        />
      ) : failed === undefined ? (
        <div class="bones journey-bone" aria-hidden="true" />
      ) : (
        <Failed
          error={failed.error}
          retry={() => {
            boards.ask()
            board.ask()
            segments.ask()
          }}
          level={2}
        />
      )}
    </div>
  )
}

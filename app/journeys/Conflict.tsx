import { Notice } from '../ui/Notice.tsx'
import { useWords } from '../words.ts'
import { type Editing, goOnFrom } from './drafts.ts'
import { together } from './merge.ts'
import type { Board } from './shapes.ts'

/** Somebody else has saved the board meanwhile: the reader decides what becomes of both drawings. */
export function Conflict(props: {
  editing: Editing
  theirs: Board
  /** Goes on drawing, or gives the own drawing up. */
  decide: (editing: Editing | null) => void
}) {
  const { t, dateTime, number } = useWords()
  const { editing, theirs, decide } = props
  const mine = editing.draft.now
  const count = ({ nodes, arrows }: Pick<Board, 'nodes' | 'arrows'>) => ({
    nodes: number(nodes.length),
    arrows: number(arrows.length),
  })
  return (
    <div role="alert">
      <Notice tone="amber" icon="warning">
        <p>
          <strong>
            {theirs.updatedAt === null
              ? t('journeys.conflict.cleared')
              : t('journeys.conflict', {
                  who: theirs.updatedBy ?? '–',
                  time: dateTime(theirs.updatedAt),
                })}
          </strong>{' '}
          {t('journeys.conflict.theirs', count(theirs))} {t('journeys.conflict.mine', count(mine))}
        </p>
        <div class="actions">
          <button
            type="button"
            class="button"
            onClick={() => decide(goOnFrom(editing, theirs, together(editing.base, mine, theirs)))}
          >
            {t('journeys.conflict.together')}
          </button>
          <button
            type="button"
            class="button"
            onClick={() => decide(goOnFrom(editing, theirs, mine))}
          >
            {t('journeys.conflict.keep')}
          </button>
          <button type="button" class="button" onClick={() => decide(null)}>
            {t('journeys.conflict.drop')}
          </button>
        </div>
      </Notice>
    </div>
  )
}

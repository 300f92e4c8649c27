import { useRef, useState } from 'preact/hooks'
import { ApiError } from '../api.ts'
import type { PageProps } from '../pages/pages.ts'
import { sayRule } from '../rules/say.ts'
import { useSurroundings } from '../surroundings.ts'
import { Section } from '../ui/Section.tsx'
import { SegmentName } from '../ui/SegmentName.tsx'
import { useGet } from '../use-get.ts'
import { useWords } from '../words.ts'
import { History } from './History.tsx'
import { Comparison } from './Comparison.tsx'
import { waysText } from './SegmentList.tsx'
import type { Segment } from './shapes.ts'
import { Versions } from './Versions.tsx'

interface Uses {
  segments: { key: string; name: string }[]
  lists: { id: string; name: string }[]
  /** Groups of journey boards. */
  boards: string[]
}

/** One segment: its rule in words, its past, its versions, where it is used. */
export function SegmentView(
  props: PageProps & {
    segment: Segment
    segments: readonly Segment[]
    /** Told when it was deleted. */
    gone: () => void
  },
) {
  const words = useWords()
  const { t, number, day } = words
  const { account, role } = useSurroundings()
  const { segment, segments, query, change, gone } = props
  const naming = {
    currency: account.currency,
    segments: new Map(segments.map(({ key, name }) => [key, name])),
  }
  const uses = useGet<Uses>(`/segments/${encodeURIComponent(segment.key)}/uses`, {})
  return (
    <>
      <Section
        name="about"
        title={words.maybe(`segment.${segment.key}`) ?? segment.name}
        note={
          role === 'admin' && (
            <div class="actions">
              <a class="button" href={`#/segments?edit=${encodeURIComponent(segment.key)}`}>
                {t('segmentation.edit')}
              </a>
              <Delete segment={segment} uses={uses.data ?? null} gone={gone} />
            </div>
          )
        }
      >
        <p>{sayRule(words, segment.rule, naming)}</p>
        <dl class="facts">
          <div>
            <dt>{t('segmentation.size')}</dt>
            <dd>
              <a href={`#/customers?segment=${encodeURIComponent(segment.key)}`}>
                {t('segmentation.members', { count: segment.size })}
              </a>
            </dd>
          </div>
          <div>
            <dt>{t('segmentation.since')}</dt>
            <dd>{segment.exactFrom === null ? '–' : day(segment.exactFrom)}</dd>
          </div>
          <div>
            <dt>{t('segmentation.pushed')}</dt>
            <dd>{waysText(t, segment.pushed)}</dd>
          </div>
          <div>
            <dt>{t('segmentation.version')}</dt>
            <dd>{number(segment.version)}</dd>
          </div>
          {segment.basis !== null && (
            <div>
              <dt>{t('segmentation.basis')}</dt>
              <dd>
                <bdi>{segment.basis}</bdi>
              </dd>
            </div>
          )}
        </dl>
      </Section>
      <Section name="history" title={t('segmentation.history')}>
        <History
          segment={segment.key}
          span={query['span'] ?? '90'}
          choose={(span) => change({ ...query, span }, true)}
        />
      </Section>
      <Section name="versions" title={t('segmentation.versions')}>
        <Versions segment={segment} naming={naming} />
      </Section>
      <Section name="uses" title={t('segmentation.uses')}>
        <UseList uses={uses.data ?? null} />
      </Section>
      {segment.basis !== null && <Comparison property={segment.basis} choose={null} />}
    </>
  )
}

function UseList({ uses }: { uses: Uses | null }) {
  const { t } = useWords()
  if (uses === null) return null
  if (uses.segments.length + uses.lists.length + uses.boards.length === 0) {
    return <p class="subtle">{t('segmentation.uses.none')}</p>
  }
  return (
    <ul class="uses">
      {uses.segments.map((segment) => (
        <li key={segment.key}>
          {t('segmentation.uses.segment')}{' '}
          <a href={`#/segments?key=${encodeURIComponent(segment.key)}`}>
            <SegmentName segment={segment} />
          </a>
        </li>
      ))}
      {uses.lists.map(({ id, name }) => (
        <li key={id}>
          {t('segmentation.uses.list')} <bdi>{name}</bdi>
        </li>
      ))}
      {uses.boards.map((group) => (
        <li key={group}>
          <a href={`#/journeys?group=${encodeURIComponent(group)}`}>
            {t('segmentation.uses.board')}
          </a>
        </li>
      ))}
    </ul>
  )
}

/** Deletes a segment after saying what that means; one that others are made of cannot go. */
function Delete(props: { segment: Segment; uses: Uses | null; gone: () => void }) {
  const { t } = useWords()
  const { api } = useSurroundings()
  const { segment, uses, gone } = props
  const dialog = useRef<HTMLDialogElement>(null)
  const [problem, setProblem] = useState<'notDone' | 'segmentation.delete.needed' | null>(null)
  const remove = async () => {
    try {
      await api.send('DELETE', `/segments/${encodeURIComponent(segment.key)}`)
      dialog.current?.close()
      gone()
    } catch (error) {
      const needed = error instanceof ApiError && error.status === 409
      setProblem(needed ? 'segmentation.delete.needed' : 'notDone')
    }
  }
  return (
    <>
      <button
        type="button"
        class="button quiet"
        onClick={() => {
          setProblem(null)
          dialog.current?.showModal()
        }}
      >
        {t('segmentation.delete')}
      </button>
      <dialog ref={dialog} class="question" aria-label={t('segmentation.delete')}>
        <p>{t('segmentation.delete.text', { count: segment.size })}</p>
        <UseList uses={uses} />
        {problem !== null && <p role="alert">{t(problem)}</p>}
        <div class="actions">
          <button type="button" class="button" onClick={() => dialog.current?.close()}>
            {t('cancel')}
          </button>
          <button type="button" class="button danger" onClick={() => void remove()}>
            {t('segmentation.delete')}
          </button>
        </div>
      </dialog>
    </>
  )
}

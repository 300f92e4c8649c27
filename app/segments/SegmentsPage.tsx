import type { PageProps } from '../pages/pages.ts'
import { useSurroundings } from '../surroundings.ts'
import { Empty } from '../ui/Empty.tsx'
import { Failed } from '../ui/Failed.tsx'
import { useGet } from '../use-get.ts'
import { useWords } from '../words.ts'
import { Comparison } from './Comparison.tsx'
import { SegmentEditor } from './SegmentEditor.tsx'
import { SegmentList } from './SegmentList.tsx'
import { SegmentView } from './SegmentView.tsx'
import type { Segment } from './shapes.ts'
import { TemplateGallery } from './TemplateGallery.tsx'
import '../ui/dialog.css'
import '../ui/forms.css'
import '../ui/select.css'
import './segments.css'

/** Segments: all of them with their figures, one with its past and versions, and the editor with its preview. */
export function SegmentsPage({ query, change }: PageProps) {
  const { t } = useWords()
  const { role } = useSurroundings()
  const { data, error, ask } = useGet<{ items: Segment[] }>('/segments', {})
  if (data === undefined) {
    return (
      <div class="segments-page">
        {error === null ? (
          <div class="segments-bone bones" aria-hidden="true" />
        ) : (
          <Failed error={error} retry={ask} />
        )}
      </div>
    )
  }
  const segments = data.items
  const wanted = query['edit'] ?? query['key'] ?? ''
  const segment = segments.find(({ key }) => key === wanted)
  const isAdmin = role === 'admin'
  const editing = query['new'] !== undefined || query['edit'] !== undefined
  const shown = () => {
    if (query['templates'] !== undefined) {
      return <TemplateGallery choose={(template) => change({ new: template })} />
    }
    if (editing && !isAdmin) {
      return (
        <Empty icon="lock" title={t('segmentation.forbidden.title')}>
          <p class="subtle">{t('segmentation.forbidden.text')}</p>
        </Empty>
      )
    }
    if (query['new'] !== undefined || (query['edit'] !== undefined && segment !== undefined)) {
      return (
        <SegmentEditor
          key={segment?.key ?? query['new']}
          segment={query['new'] === undefined ? (segment ?? null) : null}
          template={query['new'] ?? ''}
          segments={segments}
          close={() => change(segment === undefined ? {} : { key: segment.key })}
          saved={(key) => {
            ask()
            change({ key })
          }}
          again={ask}
        />
      )
    }
    if (segment !== undefined) {
      return (
        <SegmentView
          segment={segment}
          segments={segments}
          query={query}
          change={change}
          gone={() => {
            ask()
            change({})
          }}
        />
      )
    }
    if (wanted !== '') {
      return (
        <Empty icon="search" title={t('segmentation.missing')}>
          <a class="button" href="#/segments">
            {t('segmentation.all')}
          </a>
        </Empty>
      )
    }
    return (
      <>
        <SegmentList segments={segments} />
        <Comparison property={query['by'] ?? 'channel'} choose={(by) => change({ ...query, by })} />
      </>
    )
  }
  return (
    <div class="segments-page">
      <header class="page-head">
        <h1>{t('page.segments')}</h1>
        <div class="actions">
          {(wanted !== '' || editing || query['templates'] !== undefined) && (
            <a class="button quiet" href="#/segments">
              {t('segmentation.all')}
            </a>
          )}
          {isAdmin && !editing && (
            <>
              <a class="button" href="#/segments?templates=1">
                {t('segmentation.templates')}
              </a>
              <a class="button" href="#/segments?new=blank">
                {t('segmentation.new')}
              </a>
            </>
          )}
        </div>
      </header>
      {shown()}
    </div>
  )
}

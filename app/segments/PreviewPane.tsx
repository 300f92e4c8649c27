import { useWords } from '../words.ts'
import type { Preview } from './shapes.ts'
import type { usePreview } from './use-preview.ts'

/** What saving would do: size, who joins, who leaves, each instance, and what the rule's author should know. */
export function PreviewPane(props: { preview: ReturnType<typeof usePreview>; isNew: boolean }) {
  const { t } = useWords()
  const { preview, busy, wrong, isWritten } = props.preview
  return (
    <section class="preview" aria-label={t('segmentation.preview')} aria-busy={busy}>
      <h2>{t('segmentation.preview')}</h2>
      {!isWritten && <p class="subtle">{t('rule.incomplete')}</p>}
      {wrong !== null && (
        <p role="alert">
          {t('segmentation.preview.wrong')} <bdi class="small">{wrong}</bdi>
        </p>
      )}
      {preview !== null && <Figures preview={preview} isNew={props.isNew} />}
    </section>
  )
}

function Figures({ preview, isNew }: { preview: Preview; isNew: boolean }) {
  const { t, number } = useWords()
  const hints = [...new Set(preview.hints.map(({ kind }) => kind))]
  return (
    <>
      <output class="preview-size">{t('segmentation.members', { count: preview.size })}</output>
      {!isNew && (
        <p class="small">
          {t('segmentation.preview.change', {
            joining: number(preview.joining),
            leaving: number(preview.leaving),
          })}
        </p>
      )}
      {hints.map((kind) => (
        <p key={kind} class="small warning-text">
          {t(`segmentation.hint.${kind}`)}
        </p>
      ))}
      <People
        title={t(isNew ? 'segmentation.samples' : 'segmentation.joiners')}
        people={preview.joiners}
      />
      {!isNew && <People title={t('segmentation.leavers')} people={preview.leavers} />}
      {preview.instances.length > 0 && (
        <>
          <h3>{t('segmentation.instances')}</h3>
          <ul class="small">
            {preview.instances.slice(0, 12).map(({ value, customers }) => (
              <li key={value}>
                <bdi>{value === '(none)' ? t('customers.noValue') : value}</bdi> {number(customers)}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}

function People(props: { title: string; people: Preview['joiners'] }) {
  const { t } = useWords()
  if (props.people.length === 0) return null
  return (
    <>
      <h3>{props.title}</h3>
      <ul class="small">
        {props.people.slice(0, 5).map(({ id, name }) => (
          <li key={id}>
            <a href={`#/customers?open=${id}`}>
              <bdi>{name ?? t('unnamed')}</bdi>
            </a>
          </li>
        ))}
      </ul>
    </>
  )
}

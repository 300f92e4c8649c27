import { Failed } from '../ui/Failed.tsx'
import { useGet } from '../use-get.ts'
import { useWords } from '../words.ts'
import type { Template } from './shapes.ts'

/** Boards to begin with, in the words of this shop. */
export function Templates({ choose }: { choose: (template: Template) => void }) {
  const { t, maybe } = useWords()
  const { data, error, ask } = useGet<{ items: Template[] }>('/board-templates', {})
  if (data === undefined) {
    return error === null ? (
      <div class="bones template-bone" aria-hidden="true" />
    ) : (
      <Failed error={error} retry={ask} level={2} />
    )
  }
  const name = (key: string) => maybe(`journeys.template.${key}`) ?? key
  return (
    <ul class="templates" aria-label={t('journeys.templates')}>
      {data.items.map((template) => (
        <li key={template.key}>
          <button type="button" class="template" onClick={() => choose(template)}>
            <strong>{name(template.key)}</strong>
            <span class="small subtle">{name(`${template.key}.text`)}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}

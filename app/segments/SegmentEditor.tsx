import { useEffect, useRef, useState } from 'preact/hooks'
import { ApiError } from '../api.ts'
import { type Group, groupOf, isComplete, lineOf, ruleOf, freshId } from '../rules/draft.ts'
import { conditionOn } from '../rules/facts.ts'
import { useNames } from '../rules/lookup.ts'
import { RuleEditor } from '../rules/RuleEditor.tsx'
import { useSurroundings } from '../surroundings.ts'
import { Notice } from '../ui/Notice.tsx'
import { useGet } from '../use-get.ts'
import { useWords } from '../words.ts'
import { PreviewPane } from './PreviewPane.tsx'
import { keyOf, type Segment, type Templates } from './shapes.ts'
import { usePreview } from './use-preview.ts'

interface Draft {
  name: string
  basis: string | null
  group: string | null
  rule: Group
}

type Problem = 'notDone' | 'segmentation.conflict' | 'rule.incomplete' | null

const blank = (): Group => ({
  id: freshId(),
  kind: 'all',
  parts: [lineOf(conditionOn('orders.count'))],
})

/** Writes a segment beside what saving it would do; a version that somebody saved meanwhile is not overwritten. */
export function SegmentEditor(props: {
  /** Null: a new one. */
  segment: Segment | null
  /** Key of the template that a new one begins with. */
  template: string
  segments: readonly Segment[]
  close: () => void
  saved: (key: string) => void
  /** Asks for the segments anew. */
  again: () => void
}) {
  const { t, maybe } = useWords()
  const { api, account } = useSurroundings()
  const { segment, template, segments, close, saved, again } = props
  const names = useNames()
  const templates = useGet<Templates>('/segment-templates', {})
  const groups = useGet<{ items: { key: string; name: string }[] }>('/segment-groups', {})
  const [draft, setDraft] = useState<Draft>({
    name: segment === null ? '' : (maybe(`segment.${segment.key}`) ?? segment.name),
    basis: segment?.basis ?? null,
    group: segment?.group ?? null,
    rule: segment === null ? blank() : groupOf(segment.rule),
  })
  // The version that was read when the editor was opened: what is saved over.
  const [version] = useState(segment?.version ?? 0)
  const [problem, setProblem] = useState<Problem>(null)
  const wanted = templates.data?.items.find(({ key }) => key === template)
  const filledRef = useRef(false)
  useEffect(() => {
    // Once: templates are asked for again when the page is looked at again.
    if (wanted === undefined || filledRef.current) return
    filledRef.current = true
    setDraft((before) => ({
      ...before,
      name: maybe(`template.${wanted.key}`) ?? wanted.key,
      rule: groupOf(wanted.rule),
    }))
  }, [wanted, maybe])
  const rule = isComplete(draft.rule) ? ruleOf(draft.rule) : null
  const preview = usePreview(segment?.key ?? null, rule, draft.basis)

  const save = async () => {
    if (rule === null) {
      setProblem('rule.incomplete')
      return
    }
    const { name, basis, group } = draft
    try {
      if (segment === null) {
        const key = keyOf(
          name,
          segments.map((one) => one.key),
        )
        await api.send('POST', '/segments', { key, name, rule, basis, group })
        saved(key)
      } else {
        // A default segment keeps its translated name until a human gives another.
        const kept = name === maybe(`segment.${segment.key}`) ? null : name
        const body = { name: kept, rule, basis, group, version }
        await api.send('PUT', `/segments/${encodeURIComponent(segment.key)}`, body)
        saved(segment.key)
      }
    } catch (error) {
      const conflict = error instanceof ApiError && error.status === 409
      setProblem(conflict ? 'segmentation.conflict' : 'notDone')
      if (conflict) again()
    }
  }
  const bases = [
    ...new Set([
      'channel',
      ...names.order,
      ...names.line,
      ...(draft.basis === null ? [] : [draft.basis]),
    ]),
  ]
  return (
    <div class="editor">
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <label class="field">
          <span class="small subtle">{t('segmentation.name')}</span>
          <input
            class="input"
            required
            maxLength={100}
            value={draft.name}
            onInput={(event) => setDraft({ ...draft, name: event.currentTarget.value })}
          />
        </label>
        <div class="fields">
          <label class="field">
            <span class="small subtle">{t('segmentation.basis')}</span>
            <select
              class="select"
              value={draft.basis ?? ''}
              onChange={(event) => setDraft({ ...draft, basis: event.currentTarget.value || null })}
            >
              <option value="">{t('segmentation.basis.none')}</option>
              {bases.map((name) => (
                <option key={name} value={name}>
                  {maybe(`property.${name}`) ?? name}
                </option>
              ))}
            </select>
          </label>
          <GroupChoice
            group={draft.group}
            groups={groups.data?.items ?? []}
            choose={(group) => setDraft((before) => ({ ...before, group }))}
            made={groups.ask}
          />
        </div>
        <RuleEditor
          rule={draft.rule}
          segments={segments.filter(({ key }) => key !== segment?.key)}
          currency={account.currency}
          change={(edit) => {
            setProblem(null)
            setDraft((before) => ({ ...before, rule: edit(before.rule) }))
          }}
        />
        {problem !== null && (
          <Notice tone="red" icon="warning">
            <p role="alert">{t(problem)}</p>
          </Notice>
        )}
        <div class="actions">
          <button type="button" class="button" onClick={close}>
            {t('cancel')}
          </button>
          <button type="submit" class="button">
            {t(segment === null ? 'segmentation.make' : 'segmentation.saveVersion')}
          </button>
        </div>
      </form>
      <PreviewPane preview={preview} isNew={segment === null} />
    </div>
  )
}

/** The group that a segment is in; a new one is made here. */
function GroupChoice(props: {
  group: string | null
  groups: readonly { key: string; name: string }[]
  choose: (group: string | null) => void
  made: () => void
}) {
  const { t } = useWords()
  const { api } = useSurroundings()
  const { group, groups, choose, made } = props
  const [name, setName] = useState<string | null>(null)
  if (name !== null) {
    const make = async () => {
      const key = keyOf(
        name,
        groups.map((one) => one.key),
      )
      await api.send('POST', '/segment-groups', { key, name })
      setName(null)
      made()
      choose(key)
    }
    return (
      <span class="fields">
        <label class="field">
          <span class="small subtle">{t('segmentation.newGroup')}</span>
          <input
            class="input"
            maxLength={100}
            value={name}
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </label>
        <button
          type="button"
          class="button"
          disabled={name.trim() === ''}
          onClick={() => void make().catch(() => setName(null))}
        >
          {t('segmentation.addGroup')}
        </button>
      </span>
    )
  }
  return (
    <label class="field">
      <span class="small subtle">{t('segmentation.inGroup')}</span>
      <select
        class="select"
        value={group ?? ''}
        onChange={(event) => {
          const { value } = event.currentTarget
          if (value === '+') setName('')
          else choose(value === '' ? null : value)
        }}
      >
        <option value="">{t('segmentation.inGroup.none')}</option>
        {groups.map((one) => (
          <option key={one.key} value={one.key}>
            {one.name}
          </option>
        ))}
        <option value="+">{t('segmentation.newGroup')}</option>
      </select>
    </label>
  )
}

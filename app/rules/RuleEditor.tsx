import { useEffect, useRef, useState } from 'preact/hooks'
import { Icon } from '../ui/Icon.tsx'
import { useWords } from '../words.ts'
import { ConditionEditor } from './ConditionEditor.tsx'
import {
  append,
  freshId,
  type Group,
  isGroup,
  kinds,
  lineOf,
  move,
  type Part,
  placeOf,
  putBack,
  type Removed,
  replace,
  withKind,
} from './draft.ts'
import { conditionOn } from './facts.ts'
import { useNames } from './lookup.ts'
import '../ui/forms.css'
import '../ui/select.css'
import './rules.css'

interface Tools {
  names: ReturnType<typeof useNames>
  segments: readonly { key: string; name: string }[]
  currency: string
  change: Change
  remove: (id: number) => void
}

/** Gives the rule as it is now, which may be newer than the one last drawn, and takes what becomes of it. */
type Change = (edit: (rule: Group) => Group) => void

/**
 * A rule as nested groups of conditions. Alt with the arrow keys moves a condition among its neighbours; what was
 * removed last can be put back.
 */
export function RuleEditor(props: {
  rule: Group
  segments: readonly { key: string; name: string }[]
  currency: string
  change: Change
}) {
  const { t } = useWords()
  const names = useNames()
  const [removed, setRemoved] = useState<Removed | null>(null)
  const frame = useRef<HTMLDivElement>(null)
  const { rule, change } = props
  useEffect(() => {
    const element = frame.current
    const onKey = (event: KeyboardEvent) => {
      if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
      const part = event.target instanceof Element ? event.target.closest('[data-part]') : null
      if (part === null) return
      event.preventDefault()
      const id = Number(part.getAttribute('data-part'))
      const by = event.key === 'ArrowUp' ? -1 : 1
      change((now) => move(now, id, by))
    }
    element?.addEventListener('keydown', onKey)
    return () => element?.removeEventListener('keydown', onKey)
  }, [change])
  const tools: Tools = {
    ...props,
    names,
    remove(id) {
      setRemoved(placeOf(rule, id))
      change((now) => replace(now, id, () => null))
      // What had the focus is gone: it goes to where the way back is offered.
      setTimeout(() => frame.current?.querySelector<HTMLElement>('.undo')?.focus())
    },
  }
  return (
    <div ref={frame} class="rule">
      <GroupEditor group={rule} tools={tools} depth={1} />
      <output>
        {removed !== null && (
          <button
            type="button"
            class="text-button undo"
            onClick={() => {
              change((now) => putBack(now, removed))
              setRemoved(null)
            }}
          >
            {t('rule.undo')}
          </button>
        )}
      </output>
    </div>
  )
}

/** As deep as a rule may be. */
const deepest = 4

function GroupEditor({ group, tools, depth }: { group: Group; tools: Tools; depth: number }) {
  const { t } = useWords()
  const { change, remove } = tools
  const add = (part: Part) => change((now) => append(now, group.id, part))
  return (
    <fieldset class="rule-group">
      <legend class="hidden-text">{t(`rule.${group.kind}`)}</legend>
      <div class="rule-head">
        <select
          class="select"
          aria-label={t('rule.kind')}
          value={group.kind}
          onChange={(event) => {
            const kind = kinds.find((one) => one === event.currentTarget.value) ?? 'all'
            change((now) => withKind(now, group.id, kind))
          }}
        >
          {kinds.map((kind) => (
            <option key={kind} value={kind}>
              {t(`rule.${kind}`)}
            </option>
          ))}
        </select>
        {depth > 1 && (
          <button
            type="button"
            class="icon-button"
            aria-label={t('rule.removeGroup')}
            onClick={() => remove(group.id)}
          >
            <Icon name="cross" tiny />
          </button>
        )}
      </div>
      <ul>
        {group.parts.map((part) => (
          <li key={part.id} data-part={part.id}>
            {isGroup(part) ? (
              <GroupEditor group={part} tools={tools} depth={depth + 1} />
            ) : (
              <div class="rule-line">
                <ConditionEditor
                  condition={part.condition}
                  names={tools.names}
                  segments={tools.segments}
                  currency={tools.currency}
                  change={(condition) =>
                    change((now) => replace(now, part.id, () => ({ ...part, condition })))
                  }
                />
                <button
                  type="button"
                  class="icon-button"
                  aria-label={t('rule.remove')}
                  onClick={() => remove(part.id)}
                >
                  <Icon name="cross" tiny />
                </button>
              </div>
            )}
          </li>
        ))}
      </ul>
      <div class="actions">
        <button
          type="button"
          class="text-button"
          onClick={() => add(lineOf(conditionOn('orders.count')))}
        >
          {t('rule.add')}
        </button>
        {depth < deepest && (
          <button
            type="button"
            class="text-button"
            onClick={() =>
              add({
                id: freshId(),
                kind: group.kind === 'any' ? 'all' : 'any',
                parts: [lineOf(conditionOn('orders.count'))],
              })
            }
          >
            {t('rule.addGroup')}
          </button>
        )}
      </div>
    </fieldset>
  )
}

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
  replace,
} from './draft.ts'
import { conditionOn } from './facts.ts'
import { useNames } from './lookup.ts'
import '../ui/forms.css'
import '../ui/select.css'
import './rules.css'

interface Tools {
  root: Group
  names: ReturnType<typeof useNames>
  segments: readonly { key: string; name: string }[]
  currency: string
  change: (next: Group) => void
  remove: (id: number) => void
}

/**
 * A rule as nested groups of conditions. Alt with the arrow keys moves a condition among its neighbours; what was
 * removed last can be put back.
 */
export function RuleEditor(props: {
  rule: Group
  segments: readonly { key: string; name: string }[]
  currency: string
  change: (next: Group) => void
}) {
  const { t } = useWords()
  const names = useNames()
  const [before, setBefore] = useState<Group | null>(null)
  const frame = useRef<HTMLDivElement>(null)
  const { rule, change } = props
  useEffect(() => {
    const element = frame.current
    const onKey = (event: KeyboardEvent) => {
      if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
      const part = event.target instanceof Element ? event.target.closest('[data-part]') : null
      if (part === null) return
      event.preventDefault()
      change(move(rule, Number(part.getAttribute('data-part')), event.key === 'ArrowUp' ? -1 : 1))
    }
    element?.addEventListener('keydown', onKey)
    return () => element?.removeEventListener('keydown', onKey)
  }, [rule, change])
  const tools: Tools = {
    ...props,
    root: rule,
    names,
    remove(id) {
      setBefore(rule)
      change(replace(rule, id, () => null))
      // What had the focus is gone: it goes to where the way back is offered.
      setTimeout(() => frame.current?.querySelector<HTMLElement>('.undo')?.focus())
    },
  }
  return (
    <div ref={frame} class="rule">
      <GroupEditor group={rule} tools={tools} depth={1} />
      <output>
        {before !== null && (
          <button
            type="button"
            class="text-button undo"
            onClick={() => {
              change(before)
              setBefore(null)
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
  const { root, change, remove } = tools
  const add = (part: Part) => change(append(root, group.id, part))
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
            change(
              group.id === root.id
                ? { ...root, kind }
                : replace(root, group.id, (part) => (isGroup(part) ? { ...part, kind } : part)),
            )
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
                    change(replace(root, part.id, () => ({ ...part, condition })))
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

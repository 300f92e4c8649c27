import { useRef, useState } from 'preact/hooks'
import type { Condition, Rule } from '../../worker/segments/rule.ts'
import { ConditionEditor } from '../rules/ConditionEditor.tsx'
import { type Group, groupOf, isComplete, isRule, isWhole, ruleOf } from '../rules/draft.ts'
import { conditionOn } from '../rules/facts.ts'
import { useNames } from '../rules/lookup.ts'
import { RuleEditor } from '../rules/RuleEditor.tsx'
import { sayCondition, sayRule } from '../rules/say.ts'
import { Icon } from '../ui/Icon.tsx'
import { useWords } from '../words.ts'
import { conditionsOf, type Filter, withCondition } from './list.ts'
import type { SegmentRow } from './use-segments.ts'

/** Each part of the filter by itself: changed by its words, taken out by its cross; and a way to add one. */
export function Pills(props: {
  filter: Filter
  segments: readonly SegmentRow[]
  currency: string
  set: (next: Partial<Filter>) => void
}) {
  const words = useWords()
  const { t, maybe } = words
  const { filter, segments, currency, set } = props
  const dialog = useRef<HTMLDialogElement>(null)
  const adder = useRef<HTMLButtonElement>(null)
  const [editing, setEditing] = useState<{ at: number; part: Condition | Group } | null>(null)
  const naming = { currency, segments: new Map(segments.map(({ key, name }) => [key, name])) }
  const parts = conditionsOf(filter.filter)
  const edit = (at: number, part: Condition | Rule) => {
    setEditing({ at, part: isRule(part) ? groupOf(part) : part })
    dialog.current?.showModal()
  }
  const take = (next: Partial<Filter>) => {
    set(next)
    // The pill that had the focus is gone.
    adder.current?.focus()
  }
  const nameOfSegment = (key: string) => maybe(`segment.${key}`) ?? naming.segments.get(key) ?? key
  const fixed = [
    filter.q !== '' && { text: t('customers.pill.search', { text: filter.q }), without: { q: '' } },
    filter.segment !== '' && {
      text: t('customers.pill.segment', { name: nameOfSegment(filter.segment) }),
      without: { segment: '' },
    },
  ].filter((one) => one !== false)
  return (
    <div class="pills">
      <ul aria-label={t('customers.filters')}>
        {fixed.map(({ text, without }) => (
          <li key={text} class="pill">
            <span class="pill-text">{text}</span>
            <Cross text={text} remove={() => take(without)} />
          </li>
        ))}
        {parts.map((part, at) => {
          const text = isRule(part)
            ? sayRule(words, part, naming)
            : sayCondition(words, part, naming)
          return (
            <li key={`${at} ${text}`} class="pill">
              <button type="button" class="pill-text" onClick={() => edit(at, part)}>
                {text}
              </button>
              <Cross
                text={text}
                remove={() => take({ filter: withCondition(filter.filter, at, null) })}
              />
            </li>
          )
        })}
      </ul>
      <button
        ref={adder}
        type="button"
        class="text-button"
        onClick={() => edit(parts.length, conditionOn('orders.count'))}
      >
        {t('customers.addFilter')}
      </button>
      <dialog
        ref={dialog}
        class="question wide"
        aria-label={t('customers.filter')}
        onClose={() => setEditing(null)}
      >
        {editing !== null && (
          <Editor
            part={editing.part}
            segments={segments}
            currency={currency}
            change={(edit) =>
              setEditing((before) => before && { ...before, part: edit(before.part) })
            }
            close={() => dialog.current?.close()}
            apply={(part) => {
              set({ filter: withCondition(filter.filter, editing.at, part) })
              dialog.current?.close()
            }}
          />
        )}
      </dialog>
    </div>
  )
}

function Cross({ text, remove }: { text: string; remove: () => void }) {
  const { t } = useWords()
  return (
    <button
      type="button"
      class="pill-cross"
      aria-label={t('customers.removeFilter', { text })}
      onClick={remove}
    >
      <Icon name="cross" tiny />
    </button>
  )
}

function Editor(props: {
  part: Condition | Group
  segments: readonly SegmentRow[]
  currency: string
  /** Gives the part as it is now and takes what becomes of it. */
  change: (edit: (part: Condition | Group) => Condition | Group) => void
  close: () => void
  apply: (part: Condition | Rule) => void
}) {
  const { t } = useWords()
  const names = useNames()
  const [missing, setMissing] = useState(false)
  const { part, segments, currency, change, close, apply } = props
  const isGroup = 'parts' in part
  const finish = () => {
    const whole = isGroup ? isComplete(part) : isWhole(part)
    const next = isGroup ? ruleOf(part) : part
    setMissing(!whole || next === null)
    if (whole && next !== null) apply(next)
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        finish()
      }}
    >
      {isGroup ? (
        <RuleEditor
          rule={part}
          segments={segments}
          currency={currency}
          change={(edit) => change((now) => ('parts' in now ? edit(now) : now))}
        />
      ) : (
        <ConditionEditor
          condition={part}
          names={names}
          segments={segments}
          currency={currency}
          change={(condition) => change(() => condition)}
        />
      )}
      {missing && <p role="alert">{t('rule.incomplete')}</p>}
      <div class="actions">
        <button type="button" class="button" onClick={close}>
          {t('cancel')}
        </button>
        <button type="submit" class="button">
          {t('customers.apply')}
        </button>
      </div>
    </form>
  )
}

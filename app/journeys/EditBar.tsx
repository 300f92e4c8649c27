import { useEffect, useRef } from 'preact/hooks'
import { Icon } from '../ui/Icon.tsx'
import { useWords } from '../words.ts'
import { AddNode } from './AddNode.tsx'
import { type Editing, isDirty } from './drafts.ts'
import { type Draft, redo, undo } from './drawing.ts'
import type { Segment } from './names.ts'
import { Templates } from './Templates.tsx'
import type { Template } from './shapes.ts'

/** What can be done to the board as a whole while it is drawn. */
export function EditBar(props: {
  editing: Editing
  segments: readonly Segment[]
  busy: boolean
  add: (key: string) => void
  begin: (template: Template) => void
  layOut: () => void
  turn: (by: (draft: Draft) => Draft) => void
  save: () => void
  giveUp: () => void
}) {
  const { t } = useWords()
  const { editing, segments, busy, turn } = props
  const { now, past, future } = editing.draft
  const dialog = useRef<HTMLDialogElement>(null)
  const dirty = isDirty(editing)
  const close = () => dialog.current?.close()
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return
      const letter = event.key.toLowerCase()
      if (letter !== 'z' && letter !== 'y') return
      event.preventDefault()
      turn(letter === 'y' || event.shiftKey ? redo : undo)
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  })
  return (
    <div class="edit-bar">
      <AddNode drawing={now} segments={segments} add={props.add} />
      <div class="actions">
        <button type="button" class="button" onClick={() => dialog.current?.showModal()}>
          {t('journeys.templates')}
        </button>
        <button
          type="button"
          class="button"
          disabled={past.length === 0}
          onClick={() => turn(undo)}
        >
          {t('journeys.undo')}
        </button>
        <button
          type="button"
          class="button"
          disabled={future.length === 0}
          onClick={() => turn(redo)}
        >
          {t('journeys.redo')}
        </button>
        <button
          type="button"
          class="button"
          disabled={now.nodes.length === 0}
          onClick={props.layOut}
        >
          {t('journeys.layOut')}
        </button>
        <button type="button" class="button" disabled={!dirty || busy} onClick={props.save}>
          <Icon name="check" tiny /> {t('journeys.save')}
        </button>
        <button type="button" class="button quiet" onClick={props.giveUp}>
          {t(dirty ? 'journeys.giveUp' : 'journeys.stop')}
        </button>
      </div>
      <dialog ref={dialog} class="question" aria-label={t('journeys.templates')}>
        <h2>{t('journeys.templates')}</h2>
        <Templates
          choose={(template) => {
            close()
            props.begin(template)
          }}
        />
        <div class="actions">
          <button type="button" class="button" onClick={close}>
            {t('cancel')}
          </button>
        </div>
      </dialog>
    </div>
  )
}

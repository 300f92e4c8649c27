import { useId } from 'preact/hooks'
import type { DefinitionId } from '../../worker/definitions/catalog.ts'
import { useWords } from '../words.ts'
import './defined.css'

/** The name of a figure; a click says how it comes about. */
export function Defined({ id, label }: { id: DefinitionId; label: string }) {
  const { t, maybe } = useWords()
  const popover = useId()
  return (
    <span class="defined">
      <button
        type="button"
        popovertarget={popover}
        aria-label={t('define.ask', { name: label })}
        title={t('define.ask', { name: label })}
      >
        {label}
      </button>
      <span id={popover} popover="auto" class="definition" role="note">
        <strong>{label}</strong> {maybe(`define.${id}`)}
      </span>
    </span>
  )
}

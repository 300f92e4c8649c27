import { useState } from 'preact/hooks'
import { outcomeNodes } from '../../worker/journeys/catalog.ts'
import { useWords } from '../words.ts'
import { nameOf, type Segment } from './names.ts'
import type { Drawing } from './shapes.ts'

/** Chooses a segment, or something that happens to customers, and puts it on the board. */
export function AddNode(props: {
  drawing: Drawing
  segments: readonly Segment[]
  add: (key: string) => void
}) {
  const words = useWords()
  const { t } = words
  const isFree = (key: string) => !props.drawing.nodes.some((node) => node.key === key)
  const segments = props.segments.map(({ key }) => key).filter(isFree)
  const outcomes = outcomeNodes.filter(isFree)
  const all = [...segments, ...outcomes]
  const [chosen, setChosen] = useState('')
  const value = all.find((key) => key === chosen) ?? all[0]
  if (value === undefined) return null
  const options = (keys: readonly string[]) =>
    keys.map((key) => (
      <option key={key} value={key}>
        {nameOf(words, props.segments, { key })}
      </option>
    ))
  return (
    <form
      class="fields"
      aria-label={t('journeys.add')}
      onSubmit={(event) => {
        event.preventDefault()
        props.add(value)
      }}
    >
      <label class="field">
        <span class="small subtle">{t('journeys.node')}</span>
        <select value={value} onChange={(event) => setChosen(event.currentTarget.value)}>
          {segments.length > 0 && (
            <optgroup label={t('journeys.segments')}>{options(segments)}</optgroup>
          )}
          {outcomes.length > 0 && (
            <optgroup label={t('journeys.outcomes')}>{options(outcomes)}</optgroup>
          )}
        </select>
      </label>
      <button type="submit" class="button">
        {t('journeys.add')}
      </button>
    </form>
  )
}

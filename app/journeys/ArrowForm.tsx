import { useEffect, useRef, useState } from 'preact/hooks'
import { Choice } from '../inquiries/Fields.tsx'
import { useWords } from '../words.ts'
import { canConnect } from './drawing.ts'
import type { Arrow, Drawing } from './shapes.ts'

/** Draws an arrow by its ends, or leads the chosen one elsewhere: everything that dragging does, without dragging. */
export function ArrowForm(props: {
  drawing: Drawing
  nameOf: (key: string) => string
  /** The arrow that is being changed; null: a new one. */
  chosen: Arrow | null
  choose: (arrow: Arrow | null) => void
  connect: (arrow: Arrow) => void
  rewire: (from: Arrow, to: Arrow) => void
  remove: (arrow: Arrow) => void
  show: (arrow: Arrow) => void
}) {
  const { t } = useWords()
  const { drawing, nameOf, chosen, choose } = props
  const [first, second] = drawing.nodes
  const start = chosen ?? { source: first?.key ?? '', target: second?.key ?? '' }
  const [ends, setEnds] = useState<Arrow>(start)
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (chosen === null) return
    setEnds(chosen)
    form.current?.querySelector('select')?.focus()
  }, [chosen])
  const has = (key: string) => drawing.nodes.some((node) => node.key === key)
  const source = has(ends.source) ? ends.source : start.source
  const target = has(ends.target) ? ends.target : start.target
  const choices = drawing.nodes.map(({ key }) => ({ value: key, label: nameOf(key) }))
  if (choices.length < 2) return null
  return (
    <form
      ref={form}
      class="fields arrow-form"
      aria-label={t(chosen === null ? 'journeys.arrow.new' : 'journeys.arrow.chosen')}
      onSubmit={(event) => {
        event.preventDefault()
        if (chosen === null) props.connect({ source, target })
        else {
          props.rewire(chosen, { source, target })
          choose(null)
        }
      }}
    >
      <Choice
        label={t('journeys.source')}
        value={source}
        choices={choices}
        choose={(value) => setEnds({ source: value, target })}
      />
      <Choice
        label={t('journeys.target')}
        value={target}
        choices={choices}
        choose={(value) => setEnds({ source, target: value })}
      />
      <button type="submit" class="button" disabled={!canConnect(drawing, { source, target })}>
        {t(chosen === null ? 'journeys.arrow.draw' : 'journeys.arrow.rewire')}
      </button>
      {chosen !== null && (
        <>
          <button
            type="button"
            class="button"
            onClick={() => {
              props.remove(chosen)
              choose(null)
            }}
          >
            {t('journeys.arrow.remove')}
          </button>
          <button type="button" class="button quiet" onClick={() => props.show(chosen)}>
            {t('journeys.people')}
          </button>
          <button type="button" class="button quiet" onClick={() => choose(null)}>
            {t('journeys.arrow.done')}
          </button>
        </>
      )}
    </form>
  )
}

import type { ComponentChildren } from 'preact'
import { useErrorBoundary, useId } from 'preact/hooks'
import { useWords } from '../words.ts'
import { Notice } from './Notice.tsx'

/** A titled part of a page that fails alone: what breaks inside leaves the others as they are. */
export function Section(props: {
  title: string
  hidesTitle?: boolean
  note?: ComponentChildren
  name: string
  children: () => ComponentChildren
}) {
  const id = useId()
  return (
    <section class={`section ${props.name}`} aria-labelledby={id}>
      <div class="section-head">
        <h2 id={id} class={props.hidesTitle ? 'hidden-text' : ''}>
          {props.title}
        </h2>
        {props.note}
      </div>
      <Guarded>
        <Inside of={props.children} />
      </Guarded>
    </section>
  )
}

/** Runs the part's own code below the boundary. */
function Inside({ of }: { of: () => ComponentChildren }) {
  return <>{of()}</>
}

function Guarded({ children }: { children: ComponentChildren }) {
  const { t } = useWords()
  const [error, reset] = useErrorBoundary()
  if (error === undefined) return <>{children}</>
  return (
    <Notice tone="red" icon="warning">
      <p>{t('section.failed')}</p>
      <button type="button" class="text-button" onClick={reset}>
        {t('retry')}
      </button>
    </Notice>
  )
}

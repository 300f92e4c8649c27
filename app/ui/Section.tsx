import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import './section.css'

/** A titled part of a page. */
export function Section(props: {
  name: string
  title: string
  hidesTitle?: boolean
  /** Stands at the end of the title's line. */
  note?: ComponentChildren
  children: ComponentChildren
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
      {props.children}
    </section>
  )
}

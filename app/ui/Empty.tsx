import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from './Icon.tsx'

/** Fills the place of data that is not there: why, and what to do. */
export function Empty(props: {
  icon: IconName
  tone?: 'grey' | 'amber' | 'red'
  title: string
  /** Heading level of the title: 1 where it is the page's only heading. */
  level?: 1 | 2
  children?: ComponentChildren
}) {
  const Heading = props.level === 2 ? 'h2' : 'h1'
  return (
    <div class={`empty ${props.tone ?? 'grey'}`}>
      <span class="badge">
        <Icon name={props.icon} />
      </span>
      <Heading class="title">{props.title}</Heading>
      {props.children}
    </div>
  )
}

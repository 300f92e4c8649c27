import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from './Icon.tsx'

/** A line about the state of what is shown below it. */
export function Notice(props: {
  tone: 'grey' | 'blue' | 'amber' | 'red'
  icon: IconName
  children: ComponentChildren
}) {
  return (
    <div class={`notice ${props.tone}`}>
      <Icon name={props.icon} />
      {props.children}
    </div>
  )
}

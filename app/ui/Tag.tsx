import type { ComponentChildren } from 'preact'
import type { Tone } from './tone.ts'

/** A short word about a thing. Square for states of orders, round for segments. */
export function Tag(props: { tone?: Tone; square?: boolean; children: ComponentChildren }) {
  return (
    <span class={`tag ${props.tone ?? 'grey'}${props.square ? ' square' : ''}`}>
      {props.children}
    </span>
  )
}

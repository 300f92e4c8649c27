import type { Reason } from '../../../worker/push/reason.ts'
import { useWords } from '../../words.ts'
import { type Value, valueText } from './shapes.ts'
import { sayReason } from './why.ts'

/** A field, what is written into it, and why. */
export function Change(props: {
  name: string
  value: Value
  because: Reason | undefined
  /** Names a segment by its key. */
  nameOf: (segment: string) => string
}) {
  const words = useWords()
  const { name, value, because, nameOf } = props
  return (
    <p class="small">
      <code>{name}</code> <bdi>{valueText(value, words.t('push.emptied'))}</bdi>
      {because !== undefined && (
        <span class="subtle reason">{sayReason(words, because, nameOf)}</span>
      )}
    </p>
  )
}

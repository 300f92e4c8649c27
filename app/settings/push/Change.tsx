import type { Reason } from '../../../worker/push/reason.ts'
import { useSegments } from '../../customers/use-segments.ts'
import { useWords } from '../../words.ts'
import { type Value, valueText } from './shapes.ts'
import { sayReason } from './why.ts'

/** A field, what is written into it, and why. */
export function Change(props: { name: string; value: Value; because: Reason | undefined }) {
  const words = useWords()
  const segments = useSegments().data?.items ?? []
  const nameOf = (key: string) =>
    words.maybe(`segment.${key}`) ?? segments.find((one) => one.key === key)?.name ?? key
  const { name, value, because } = props
  return (
    <p class="small">
      <code>{name}</code> <bdi>{valueText(value, words.t('push.emptied'))}</bdi>
      {because !== undefined && (
        <span class="subtle reason">{sayReason(words, because, nameOf)}</span>
      )}
    </p>
  )
}

import type { Change } from '../../worker/satisfaction/view.ts'
import { Icon } from '../ui/Icon.tsx'
import { useWords } from '../words.ts'
import { directionOf, points } from './figures.ts'

/** A change in points: with arrow and colour when it is real, else plainly, and how many ratings would tell. */
export function ChangeText({ change, brief }: { change: Change | null; brief?: boolean }) {
  const words = useWords()
  const { t } = words
  if (change === null) return <span class="subtle">{t('satisfaction.noComparison')}</span>
  const direction = directionOf(change)
  const value = t('satisfaction.points', { points: points(words, change.value) })
  const range = t('satisfaction.range', {
    low: points(words, change.low),
    high: points(words, change.high),
  })
  if (direction !== null) {
    return (
      <span class={`move ${direction}`} title={range}>
        <Icon name={direction === 'up' ? 'up' : 'low'} tiny /> {value}
      </span>
    )
  }
  return (
    <span class="subtle" title={range}>
      {value}
      {brief !== true && (
        <>
          {' · '}
          {change.needed === null
            ? t('satisfaction.chance')
            : t('satisfaction.needed', { count: change.needed })}
        </>
      )}
    </span>
  )
}

import { Icon } from '../ui/Icon.tsx'
import { useWords } from '../words.ts'

/** Which rows these are, and the way to those before and after. */
export function Pager(props: {
  from: number
  shown: number
  total: string
  previous: (() => void) | null
  next: (() => void) | null
}) {
  const { t, number } = useWords()
  const { from, shown, total, previous, next } = props
  return (
    <nav class="pager" aria-label={t('pager')}>
      <p class="small subtle number">
        {t('pager.rows', { from: number(from), to: number(from + shown - 1), total })}
      </p>
      <button
        type="button"
        class="button"
        disabled={previous === null}
        onClick={() => previous?.()}
      >
        <Icon name="back" turns /> {t('pager.previous')}
      </button>
      <button type="button" class="button" disabled={next === null} onClick={() => next?.()}>
        {t('pager.next')} <Icon name="next" turns />
      </button>
    </nav>
  )
}

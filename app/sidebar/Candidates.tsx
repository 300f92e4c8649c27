import type { Card } from '../../worker/customers/card.ts'
import { Notice } from '../ui/Notice.tsx'
import { useWords } from '../words.ts'
import { kindOfKey } from '../card/match.ts'

/** Other persons who may be the same one, and the key that says so. */
export function Candidates({ card, show }: { card: Card; show: (id: number) => void }) {
  const { t } = useWords()
  if (card.candidates.length === 0) return null
  return (
    <Notice tone="blue" icon="people">
      <p>{t('candidates.title', { count: card.candidates.length })}</p>
      <ul class="candidates">
        {card.candidates.map(({ id, name, key }) => (
          <li key={`${id} ${key}`}>
            <button type="button" class="text-button" onClick={() => show(id)}>
              <bdi>{name ?? t('unnamed')}</bdi>
            </button>{' '}
            <span class="small">{t(`candidates.by.${kindOfKey(key)}`)}</span>
          </li>
        ))}
      </ul>
    </Notice>
  )
}

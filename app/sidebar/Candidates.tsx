import { useState } from 'preact/hooks'
import type { Card } from '../../worker/customers/card.ts'
import { Notice } from '../ui/Notice.tsx'
import { useSurroundings } from '../surroundings.ts'
import { useWords } from '../words.ts'
import { kindOfKey } from '../card/match.ts'

/** What an admin has decided just now, and how it is taken back. */
interface Decision {
  text: string
  undo: () => Promise<unknown>
}

/** Other persons who may be the same one, and the key that says so; an admin may join them or keep them apart. */
export function Candidates(props: {
  card: Card
  show: (id: number) => void
  /** Asks for the card again. */
  changed: () => void
}) {
  const { card, show, changed } = props
  const { t } = useWords()
  const { api, role } = useSurroundings()
  const [decision, setDecision] = useState<Decision | 'failed' | null>(null)
  const path = `/customers/${card.id}`
  const act = async (work: () => Promise<Decision | null>) => {
    try {
      setDecision(await work())
      changed()
    } catch {
      setDecision('failed')
    }
  }
  const join = (id: number, name: string) =>
    act(async () => {
      const move = await api.send<{ id: number }>('POST', `${path}/merge`, { from: id })
      const undo = () => api.send('POST', `${path}/undo`, { move: move.id })
      return { text: t('candidates.joined', { name }), undo }
    })
  const keepApart = (person: number, name: string) =>
    act(async () => {
      const dismissal = `${path}/suggestions/dismiss`
      await api.send('POST', dismissal, { person })
      const undo = () => api.send('POST', dismissal, { person, undo: true })
      return { text: t('candidates.apart', { name }), undo }
    })

  if (card.candidates.length === 0 && decision === null) return null
  return (
    <Notice tone="blue" icon="people">
      <output>
        {decision === null
          ? t('candidates.title', { count: card.candidates.length })
          : decision === 'failed'
            ? t('notDone')
            : decision.text}{' '}
        {decision !== null && decision !== 'failed' && (
          <button
            type="button"
            class="text-button"
            onClick={() => act(() => decision.undo().then(() => null))}
          >
            {t('undo')}
          </button>
        )}
      </output>
      <ul class="candidates">
        {card.candidates.map(({ id, name, key }) => (
          <li key={`${id} ${key}`}>
            <button type="button" class="text-button" onClick={() => show(id)}>
              <bdi>{name ?? t('unnamed')}</bdi>
            </button>{' '}
            <span class="small">{t(`candidates.by.${kindOfKey(key)}`)}</span>
            {role === 'admin' && (
              <span class="choices small">
                <button
                  type="button"
                  class="text-button"
                  onClick={() => join(id, name ?? t('unnamed'))}
                >
                  {t('candidates.same')}
                </button>
                <button
                  type="button"
                  class="text-button"
                  onClick={() => keepApart(id, name ?? t('unnamed'))}
                >
                  {t('candidates.different')}
                </button>
              </span>
            )}
          </li>
        ))}
      </ul>
    </Notice>
  )
}

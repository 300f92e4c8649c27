import { useState } from 'preact/hooks'
import type { Card } from '../../worker/customers/card.ts'
import type { MoodMessage } from '../../worker/sentiment/mood.ts'
import { MESSAGE_LABELS } from '../../worker/sentiment/catalog.ts'
import { useSurroundings } from '../surroundings.ts'
import { Icon } from '../ui/Icon.tsx'
import { Section } from '../ui/Section.tsx'
import { useWords } from '../words.ts'

/** How the person felt lately, the words that say so, and what an agent makes of them. */
export function Mood({ card }: { card: Card }) {
  const { t, number } = useWords()
  const { sentiment } = card
  if (sentiment === null) return null
  const { label, score, trend, holds, messages } = sentiment
  return (
    <Section name="mood" title={t('mood.title')}>
      <p class={`mood ${holds === false ? 'unknown' : label}`}>
        <Icon name={label === 'unknown' ? 'neutral' : label} />
        <strong>{t(`mood.${label}`)}</strong>
        {score !== null && <span class="small subtle number">{number(score)}</span>}
        {trend !== 'steady' && <span class="small subtle">{t(`mood.${trend}`)}</span>}
      </p>
      {holds === false && <p class="small subtle">{t('mood.doubt')}</p>}
      <details class="small">
        <summary>{t('mood.why')}</summary>
        <ul class="mood-messages">
          {messages.map((message) => (
            <li key={message.id}>
              <Judged customer={card.id} message={message} />
            </li>
          ))}
        </ul>
      </details>
    </Section>
  )
}

/** One message: when, the words that moved it, and a choice that corrects it at once. */
function Judged({ customer, message }: { customer: number; message: MoodMessage }) {
  const { t, dateTime } = useWords()
  const { api } = useSurroundings()
  const [chosen, setChosen] = useState<MoodMessage['label'] | null>(null)
  const [failed, setFailed] = useState(false)
  const time = dateTime(message.at)
  const correct = async (label: MoodMessage['label']) => {
    setChosen(label)
    try {
      const path = `/messages/${encodeURIComponent(message.id)}/sentiment`
      await api.send('POST', path, { customer, label })
      setFailed(false)
    } catch {
      setChosen(null)
      setFailed(true)
    }
  }
  const corrected = chosen !== null || message.corrected
  return (
    <>
      <span class="subtle">{time}</span>{' '}
      <select
        aria-label={t('mood.correct', { time })}
        value={chosen ?? message.label}
        onChange={(event) => {
          const label = MESSAGE_LABELS.find((one) => one === event.currentTarget.value)
          if (label !== undefined) void correct(label)
        }}
      >
        {MESSAGE_LABELS.map((label) => (
          <option key={label} value={label}>
            {t(`mood.${label}`)}
          </option>
        ))}
      </select>{' '}
      {corrected && t('mood.corrected')}
      {!corrected && message.uncertain && t('mood.uncertain')}
      {message.evidence.map((words) => (
        <q key={words}>
          <bdi>{words}</bdi>
        </q>
      ))}
      {failed && <p role="alert">{t('notDone')}</p>}
    </>
  )
}

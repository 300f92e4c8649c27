import type { Item } from '../../worker/satisfaction/view.ts'
import { Defined } from '../ui/Defined.tsx'
import { Section } from '../ui/Section.tsx'
import { useWords } from '../words.ts'

/** Reasons given where they are asked; this period and the one before. A click narrows the list of ratings. */
export function Reasons(props: { item: Item; reason: string; choose: (reason: string) => void }) {
  const { t, number, percent } = useWords()
  const { item, reason, choose } = props
  const before = new Map(item.previous.reasons.map((one) => [one.reason, one.share]))
  return (
    <Section
      name="reasons"
      title={t('reasons.title')}
      note={
        <span class="small subtle">
          <Defined
            id="satisfaction.reasonShare"
            label={t('reasons.asked', { count: item.asked })}
          />
        </span>
      }
    >
      {item.reasons.length === 0 && <p class="subtle">{t('reasons.none')}</p>}
      <ul>
        {item.reasons.slice(0, 8).map((one) => (
          <li key={one.reason}>
            <button
              type="button"
              class="reason"
              aria-pressed={one.reason === reason}
              onClick={() => choose(one.reason === reason ? '' : one.reason)}
            >
              <bdi class="cut">{one.reason}</bdi>
              <span class="track" aria-hidden="true">
                <span style={{ width: `${one.share * 100}%` }} />
              </span>
              <span class="number">
                {t('reasons.share', { count: number(one.ratings), share: percent(one.share) })}
              </span>
              <span class="small subtle number">
                {t('satisfaction.before', { value: percent(before.get(one.reason) ?? 0) })}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Section>
  )
}

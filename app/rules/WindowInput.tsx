import type { Window } from '../../worker/time.ts'
import { useWords } from '../words.ts'

const units = ['days', 'months'] as const

/** The last so many days or months; or, where allowed, any time. */
export function WindowInput(props: {
  within: Window | undefined
  always?: boolean
  change: (next: Window | undefined) => void
}) {
  const { t } = useWords()
  const { within, always, change } = props
  const unit = within !== undefined && 'months' in within ? 'months' : 'days'
  const count = within === undefined ? 0 : 'months' in within ? within.months : within.days
  const windowOf = (n: number, of: (typeof units)[number]): Window =>
    of === 'months' ? { months: n } : { days: n }
  return (
    <span class="window">
      {always !== true && (
        <select
          class="select"
          aria-label={t('rule.period')}
          value={within === undefined ? 'ever' : 'within'}
          onChange={(event) =>
            change(event.currentTarget.value === 'ever' ? undefined : { months: 12 })
          }
        >
          <option value="ever">{t('rule.ever')}</option>
          <option value="within">{t('rule.within')}</option>
        </select>
      )}
      {within !== undefined && (
        <>
          <input
            type="number"
            class="input short"
            aria-label={t('rule.length')}
            min={1}
            step={1}
            value={count > 0 ? count : ''}
            onInput={(event) => change(windowOf(event.currentTarget.valueAsNumber || 0, unit))}
          />
          <select
            class="select"
            aria-label={t('rule.unit')}
            value={unit}
            onChange={(event) =>
              change(windowOf(count, event.currentTarget.value === 'months' ? 'months' : 'days'))
            }
          >
            {units.map((one) => (
              <option key={one} value={one}>
                {t(`rule.${one}`)}
              </option>
            ))}
          </select>
        </>
      )}
    </span>
  )
}

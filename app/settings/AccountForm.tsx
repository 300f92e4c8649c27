import { useState } from 'preact/hooks'
import { useSurroundings } from '../surroundings.ts'
import { useWords } from '../words.ts'
import { SaveState } from './SaveState.tsx'
import type { AccountSettings } from './shapes.ts'
import { useSave } from './use-save.ts'

const zones = Intl.supportedValuesOf('timeZone')
const currencies = Intl.supportedValuesOf('currency')

type Fields = Pick<
  AccountSettings,
  'name' | 'timeZone' | 'currency' | 'weekStart' | 'countUnpaid' | 'badRatingDays'
>

/** Name, days and money of the account. Only what was changed is sent, so that others' changes stay. */
export function AccountForm(props: { account: AccountSettings; saved: () => void }) {
  const { t, locale } = useWords()
  const { api } = useSurroundings()
  const { account, saved } = props
  const { name, timeZone, currency, weekStart, countUnpaid, badRatingDays } = account
  const before: Fields = { name, timeZone, currency, weekStart, countUnpaid, badRatingDays }
  const [draft, setDraft] = useState<Fields>(before)
  const [state, run, clear] = useSave()
  const set = (change: Partial<Fields>) => {
    clear()
    setDraft({ ...draft, ...change })
  }
  const changed = Object.fromEntries(
    Object.entries(draft).filter(([key, value]) => Reflect.get(before, key) !== value),
  )
  const recounts = ['timeZone', 'currency', 'countUnpaid'].some((key) => key in changed)
  const dayName = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' })
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault()
        void run(() => api.send('PATCH', '/account', changed)).then((done) => done && saved())
      }}
    >
      <label class="field">
        <span class="small subtle">{t('settings.name')}</span>
        <input
          class="input"
          required
          maxLength={200}
          value={draft.name}
          onInput={(event) => set({ name: event.currentTarget.value })}
        />
      </label>
      <label class="field">
        <span class="small subtle">{t('settings.zone')}</span>
        <select
          class="select"
          value={draft.timeZone}
          onChange={(event) => set({ timeZone: event.currentTarget.value })}
        >
          {!zones.includes(draft.timeZone) && <option>{draft.timeZone}</option>}
          {zones.map((zone) => (
            <option key={zone}>{zone}</option>
          ))}
        </select>
      </label>
      <label class="field">
        <span class="small subtle">{t('settings.currency')}</span>
        <select
          class="select"
          value={draft.currency}
          onChange={(event) => set({ currency: event.currentTarget.value })}
        >
          {currencies.map((code) => (
            <option key={code}>{code}</option>
          ))}
        </select>
      </label>
      <label class="field">
        <span class="small subtle">{t('settings.weekStart')}</span>
        <select
          class="select"
          value={String(draft.weekStart)}
          onChange={(event) => set({ weekStart: Number(event.currentTarget.value) })}
        >
          {[1, 2, 3, 4, 5, 6, 7].map((day) => (
            <option key={day} value={String(day)}>
              {/* The first of January 2024 was a Monday. */}
              {dayName.format(Date.UTC(2024, 0, day))}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        <span class="small subtle">{t('settings.badRatingDays')}</span>
        <input
          type="number"
          class="input short"
          min={1}
          max={3_650}
          required
          value={draft.badRatingDays}
          onInput={(event) => set({ badRatingDays: event.currentTarget.valueAsNumber })}
        />
      </label>
      <label class="check">
        <input
          type="checkbox"
          checked={draft.countUnpaid}
          onChange={(event) => set({ countUnpaid: event.currentTarget.checked })}
        />{' '}
        {t('settings.countUnpaid')}
      </label>
      {recounts && <p class="small">{t('settings.recounts')}</p>}
      <div class="actions">
        <button
          type="submit"
          class="button"
          disabled={Object.keys(changed).length === 0 || state === 'busy'}
        >
          {t('save')}
        </button>
        <SaveState state={state} />
      </div>
    </form>
  )
}

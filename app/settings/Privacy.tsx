import { useState } from 'preact/hooks'
import { useSurroundings } from '../surroundings.ts'
import { useWords } from '../words.ts'
import { SaveRow } from './SaveState.tsx'
import type { AccountSettings } from './shapes.ts'
import { useSave } from './use-save.ts'

/** Whether words of messages are kept, and for how long; whether a language model sees uncertain ones. */
export function Privacy(props: { account: AccountSettings; saved: () => void }) {
  const { t } = useWords()
  const { api } = useSurroundings()
  const { account, saved } = props
  const [keepText, setKeepText] = useState(account.keepText)
  const [assisted, setAssisted] = useState(account.assistedSentiment)
  const { messagesDays } = account.retention
  const [days, setDays] = useState(messagesDays === null ? '' : String(messagesDays))
  const [state, run, clear] = useSave()
  const save = () => {
    const nextDays = days.trim() === '' ? null : Number(days)
    return api.send('PATCH', '/account', {
      ...(keepText !== account.keepText && { keepText }),
      ...(assisted !== account.assistedSentiment && { assistedSentiment: assisted }),
      ...(nextDays !== messagesDays && { retention: { messagesDays: nextDays } }),
    })
  }
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault()
        void run(save).then((done) => done && saved())
      }}
    >
      <label class="check">
        <input
          type="checkbox"
          checked={keepText}
          onChange={(event) => {
            clear()
            setKeepText(event.currentTarget.checked)
          }}
        />{' '}
        {t('settings.keepText')}
      </label>
      <label class="field">
        <span class="small subtle">{t('settings.messagesDays')}</span>
        <input
          type="number"
          class="input short"
          min={1}
          value={days}
          onInput={(event) => {
            clear()
            setDays(event.currentTarget.value)
          }}
        />
      </label>
      <label class="check">
        <input
          type="checkbox"
          checked={assisted}
          onChange={(event) => {
            clear()
            setAssisted(event.currentTarget.checked)
          }}
        />{' '}
        {t('settings.assisted')}
      </label>
      <SaveRow state={state} />
    </form>
  )
}

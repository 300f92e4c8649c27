import { useState } from 'preact/hooks'
import { handing, type Starter, starters } from '../../../worker/push/catalog.ts'
import { useSurroundings } from '../../surroundings.ts'
import { useWords } from '../../words.ts'
import { SaveState } from '../SaveState.tsx'
import { useSave } from '../use-save.ts'

/** Triggers of the starter kit: those that are checked are made at the help desk, the others go. */
export function Triggers(props: {
  chosen: readonly Starter[]
  group: string | null
  groups: readonly { id: string; name: string }[]
  saved: () => void
}) {
  const { t } = useWords()
  const { api } = useSurroundings()
  const [chosen, setChosen] = useState<readonly Starter[]>(props.chosen)
  const [group, setGroup] = useState(props.group)
  const [state, run, clear] = useSave()
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault()
        void run(() => api.send('PUT', '/push/triggers', { triggers: chosen, group })).then(
          (done) => done && props.saved(),
        )
      }}
    >
      <fieldset class="people">
        <legend class="small subtle">{t('push.triggers')}</legend>
        {starters.map((name) => (
          <label key={name} class="check">
            <input
              type="checkbox"
              checked={chosen.includes(name)}
              onChange={(event) => {
                clear()
                const others = chosen.filter((one) => one !== name)
                setChosen(event.currentTarget.checked ? [...others, name] : others)
              }}
            />{' '}
            {t(`push.starter.${name}`)}
          </label>
        ))}
      </fieldset>
      {chosen.some((name) => handing.includes(name)) && (
        <label class="field">
          <span class="small subtle">{t('push.group')}</span>
          <select
            class="select"
            value={group ?? ''}
            onChange={(event) => {
              clear()
              setGroup(event.currentTarget.value || null)
            }}
          >
            <option value="">{t('push.group.none')}</option>
            {group !== null && props.groups.every(({ id }) => id !== group) && (
              <option value={group}>#{group}</option>
            )}
            {props.groups.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      <div class="actions">
        <button type="submit" class="button" disabled={state === 'busy'}>
          {t('push.triggers.save')}
        </button>
        <SaveState state={state} />
      </div>
    </form>
  )
}

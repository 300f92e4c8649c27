import { useState } from 'preact/hooks'
import { choices } from '../../../worker/push/catalog.ts'
import { useSegments } from '../../customers/use-segments.ts'
import { useSurroundings } from '../../surroundings.ts'
import { SegmentName } from '../../ui/SegmentName.tsx'
import { useWords } from '../../words.ts'
import { SaveState } from '../SaveState.tsx'
import { useSave } from '../use-save.ts'
import { PreviewResult } from './PreviewResult.tsx'
import type { PushSettings } from '../../../worker/push/settings.ts'
import type { Preview, PushShown } from './shapes.ts'

const flags = [
  ['tags', 'push.tags'],
  ['ticketFields', 'push.ticketFields'],
  ['touchTickets', 'push.touch'],
] as const

/** A list with or without one of its entries. */
function toggled<Entry>(list: readonly Entry[], entry: Entry, is: boolean): Entry[] {
  const others = list.filter((one) => one !== entry)
  return is ? [...others, entry] : others
}

/** Chooses what is kept up to date; shows what that would write before it is switched on. */
export function PushForm(props: { shown: PushShown; saved: () => void }) {
  const { shown, saved } = props
  const { t } = useWords()
  const { api } = useSurroundings()
  const [draft, setDraft] = useState<PushSettings>(shown.settings)
  const [preview, setPreview] = useState<Preview | null>(null)
  const [state, run, clear] = useSave()
  const segments = useSegments().data?.items ?? []
  const change = (next: Partial<PushSettings>) => {
    clear()
    setPreview(null)
    setDraft({ ...draft, ...next })
  }
  const save = (on: boolean) =>
    void run(() => api.send('PUT', '/push', { ...draft, on })).then((done) => done && saved())
  const look = () =>
    void run(async () => setPreview(await api.send<Preview>('POST', '/push/dry-run', draft))).then(
      (done) => done && clear(),
    )
  const text = (name: 'lineProperty' | 'planTrait', label: string) => (
    <label class="field">
      <span class="small subtle">{label}</span>
      <input
        class="input"
        maxLength={100}
        value={draft[name] ?? ''}
        onInput={(event) => change({ [name]: event.currentTarget.value.trim() || null })}
      />
    </label>
  )
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault()
        save(true)
      }}
    >
      <fieldset class="people">
        <legend class="small subtle">{t('push.what')}</legend>
        {choices.map((choice) => (
          <label key={choice} class="check">
            <input
              type="checkbox"
              checked={draft.fields.includes(choice)}
              onChange={(event) =>
                change({ fields: toggled(draft.fields, choice, event.currentTarget.checked) })
              }
            />{' '}
            {t(`push.field.${choice}`)}
          </label>
        ))}
      </fieldset>
      {draft.fields.includes('preferredLine') && text('lineProperty', t('push.line'))}
      {draft.fields.includes('planDate') && text('planTrait', t('push.plan'))}
      <fieldset class="people">
        <legend class="small subtle">{t('push.checkboxes')}</legend>
        {segments.map((segment) => (
          <label key={segment.key} class="check">
            <input
              type="checkbox"
              checked={draft.checkboxes.includes(segment.key)}
              onChange={(event) =>
                change({
                  checkboxes: toggled(draft.checkboxes, segment.key, event.currentTarget.checked),
                })
              }
            />{' '}
            <SegmentName segment={segment} />
          </label>
        ))}
      </fieldset>
      <div class="people">
        {flags.map(([name, label]) => (
          <label key={name} class="check">
            <input
              type="checkbox"
              checked={draft[name]}
              onChange={(event) => change({ [name]: event.currentTarget.checked })}
            />{' '}
            {t(label)}
          </label>
        ))}
      </div>
      <div class="actions">
        <button type="button" class="button" disabled={state === 'busy'} onClick={look}>
          {t('push.preview')}
        </button>
        <button type="submit" class="button" disabled={state === 'busy' || !shown.connected}>
          {t(shown.settings.on ? 'save' : 'push.on')}
        </button>
        {shown.settings.on && (
          <button type="button" class="button quiet" onClick={() => save(false)}>
            {t('push.off')}
          </button>
        )}
        <SaveState state={state} />
      </div>
      {preview !== null && <PreviewResult preview={preview} />}
    </form>
  )
}

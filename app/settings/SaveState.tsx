import { useWords } from '../words.ts'
import type { Saved } from './use-save.ts'

/** Ends a form: saves it, and says how that went. */
export function SaveRow({ state }: { state: Saved }) {
  const { t } = useWords()
  return (
    <div class="actions">
      <button type="submit" class="button" disabled={state === 'busy'}>
        {t('save')}
      </button>
      <SaveState state={state} />
    </div>
  )
}

/** Says how saving went. */
export function SaveState({ state }: { state: Saved }) {
  const { t } = useWords()
  return (
    <output class="save-state">
      {state === 'saved' && t('settings.saved')}
      {typeof state === 'object' && state !== null && (
        <span class="warning-text" role="alert">
          {t('notDone')} <bdi class="small">{state.wrong}</bdi>
        </span>
      )}
    </output>
  )
}

import { useWords } from '../words.ts'
import type { Saved } from './use-save.ts'

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

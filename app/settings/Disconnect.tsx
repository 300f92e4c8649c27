import { useRef, useState } from 'preact/hooks'
import { useSurroundings } from '../surroundings.ts'
import { useWords } from '../words.ts'

/** Asks once more, with what will happen, before the help desk is disconnected. */
export function Disconnect({ done }: { done: () => void }) {
  const { t } = useWords()
  const { api } = useSurroundings()
  const dialog = useRef<HTMLDialogElement>(null)
  const [failed, setFailed] = useState(false)
  const [withFields, setWithFields] = useState(false)
  const disconnect = async () => {
    try {
      await api.send('DELETE', `/connections/zendesk?fields=${withFields ? 'remove' : 'keep'}`)
      dialog.current?.close()
      done()
    } catch {
      setFailed(true)
    }
  }
  return (
    <>
      <button
        type="button"
        class="button quiet"
        onClick={() => {
          setFailed(false)
          dialog.current?.showModal()
        }}
      >
        {t('desk.disconnect')}
      </button>
      <dialog ref={dialog} class="question" aria-label={t('desk.disconnect')}>
        <p>{t('desk.disconnect.text')}</p>
        <label class="check">
          <input
            type="checkbox"
            checked={withFields}
            onChange={(event) => setWithFields(event.currentTarget.checked)}
          />{' '}
          {t('desk.disconnect.fields')}
        </label>
        {failed && <p role="alert">{t('notDone')}</p>}
        <div class="actions">
          <button type="button" class="button" onClick={() => dialog.current?.close()}>
            {t('cancel')}
          </button>
          <button type="button" class="button danger" onClick={() => void disconnect()}>
            {t('desk.disconnect.yes')}
          </button>
        </div>
      </dialog>
    </>
  )
}

import { useRef, useState } from 'preact/hooks'
import { ApiError } from '../api.ts'
import { saveFile } from '../download.ts'
import { useSurroundings } from '../surroundings.ts'
import { CopyButton } from '../ui/CopyButton.tsx'
import { useWords } from '../words.ts'
import { columnsOf } from './columns.ts'
import { type Filter, questionOf } from './list.ts'

interface Check {
  state: 'same' | 'changed' | 'other'
  persons?: number | null
}

interface Done {
  stamp: string
  rows: number
  check: Check | null
}

/** The list as a file: exactly its rows, order and columns, with a stamp by which it can be made again. */
export function FileDialog({ filter, total }: { filter: Filter; total: number | null }) {
  const { t, number } = useWords()
  const { api } = useSurroundings()
  const dialog = useRef<HTMLDialogElement>(null)
  const [stamp, setStamp] = useState('')
  const [state, setState] = useState<Done | 'busy' | 'notDone' | 'customers.file.noStamp' | null>(
    null,
  )
  const make = async () => {
    setState('busy')
    const { limit: _, after: __, ...question } = questionOf(filter)
    const columns = ['name', 'email', ...columnsOf(filter.columns).map(({ id }) => id)]
    const query = { ...question, columns: [...new Set(columns)].join(','), stamp: stamp.trim() }
    try {
      const { text, headers } = await api.file('/customers.csv', query)
      const made = headers.get('X-Stamp') ?? ''
      saveFile(`customers_${made}.csv`, 'text/csv', text)
      const check = headers.get('X-Stamp-Check')
      setState({
        stamp: made,
        rows: Number(headers.get('X-Rows')),
        check: check === null ? null : (JSON.parse(check) as Check),
      })
    } catch (error) {
      const wrong = error instanceof ApiError && error.status === 422 && stamp !== ''
      setState(wrong ? 'customers.file.noStamp' : 'notDone')
    }
  }
  return (
    <>
      <button
        type="button"
        class="button"
        onClick={() => {
          setState(null)
          dialog.current?.showModal()
        }}
      >
        {t('customers.file')}
      </button>
      <dialog ref={dialog} class="question" aria-label={t('customers.file')}>
        <form
          class="form"
          onSubmit={(event) => {
            event.preventDefault()
            void make()
          }}
        >
          <p>{t('customers.file.text', { count: total ?? 0 })}</p>
          <label class="field">
            <span class="small subtle">{t('customers.file.stamp')}</span>
            <input
              class="input"
              maxLength={80}
              value={stamp}
              onInput={(event) => setStamp(event.currentTarget.value)}
            />
          </label>
          <output>
            {state === 'busy' && t('loading')}
            {(state === 'notDone' || state === 'customers.file.noStamp') && t(state)}
            {typeof state === 'object' && state !== null && (
              <>
                <p>{t('customers.file.done', { count: number(state.rows) })}</p>
                <p class="small">
                  <bdi>{state.stamp}</bdi> <CopyButton text={state.stamp} />
                </p>
                {state.check !== null && <p>{checkText(t, state.check)}</p>}
              </>
            )}
          </output>
          <div class="actions">
            <button type="button" class="button" onClick={() => dialog.current?.close()}>
              {t('close')}
            </button>
            <button type="submit" class="button" disabled={state === 'busy'}>
              {t('customers.file.make')}
            </button>
          </div>
        </form>
      </dialog>
    </>
  )
}

function checkText(t: ReturnType<typeof useWords>['t'], { state, persons }: Check): string {
  if (state === 'same') return t('customers.file.same')
  if (state === 'other') return t('customers.file.other')
  return persons == null
    ? t('customers.file.changed')
    : t('customers.file.changedBy', { count: persons })
}

import { useRef, useState } from 'preact/hooks'
import { type CaseKey, caseKeys } from '../../worker/cases/catalog.ts'
import { ApiError } from '../api.ts'
import { useSurroundings } from '../surroundings.ts'
import { useWords } from '../words.ts'
import type { Figures, Method } from './shapes.ts'

/** What is being written: a new method, or the chosen one with its version. */
interface Draft {
  id: string | null
  version: number
  name: string
  keys: CaseKey[]
  gap: string
  rest: Pick<Method, 'gapFrom' | 'since' | 'filter'>
}

const fresh: Draft = {
  id: null,
  version: 0,
  name: '',
  keys: [],
  gap: '72',
  rest: { gapFrom: 'activity', since: null, filter: [] },
}

function bodyOf({ name, keys, gap, rest }: Draft) {
  return { name, keys, gapHours: gap.trim() === '' ? null : Number(gap), ...rest }
}

/** Makes, changes and deletes ways of grouping, with what the last thirty days would say; for admins. */
export function MethodEditor(props: {
  method: Method
  name: string
  /** Told which method to show. */
  saved: (id: string) => void
}) {
  const { method, name, saved } = props
  const { t, number, percent } = useWords()
  const { api, role } = useSurroundings()
  const dialog = useRef<HTMLDialogElement>(null)
  const [draft, setDraft] = useState<Draft>(fresh)
  const [tried, setTried] = useState<Figures | null>(null)
  const [problem, setProblem] = useState<'notDone' | 'inquiries.conflict' | null>(null)
  if (role !== 'admin') return null

  const preview = async (next: Draft) => {
    setDraft(next)
    const named = { ...bodyOf(next), name: next.name || '–' }
    const figures = api.send<Figures>('POST', '/aggregation-methods/preview', named)
    setTried(await figures.catch(() => null))
  }
  const begin = (next: Draft) => {
    setProblem(null)
    void preview(next)
    dialog.current?.showModal()
  }
  const finish = async (work: () => Promise<string>) => {
    try {
      const id = await work()
      dialog.current?.close()
      saved(id)
    } catch (error) {
      const conflict = error instanceof ApiError && error.status === 409
      setProblem(conflict ? 'inquiries.conflict' : 'notDone')
      if (conflict) saved(method.id)
    }
  }
  const path = `/aggregation-methods/${encodeURIComponent(draft.id ?? '')}`
  const save = () =>
    finish(async () => {
      if (draft.id === null) {
        const made = await api.send<Method>('POST', '/aggregation-methods', bodyOf(draft))
        return made.id
      }
      await api.send('PUT', path, { ...bodyOf(draft), version: draft.version })
      return draft.id
    })
  const { id, version, keys, gapHours, gapFrom, since, filter } = method
  const chosen: Draft = {
    id,
    version,
    name,
    keys,
    gap: gapHours === null ? '' : String(gapHours),
    rest: { gapFrom, since, filter },
  }
  return (
    <div class="actions">
      <button type="button" class="button" onClick={() => begin(fresh)}>
        {t('inquiries.new')}
      </button>
      <button type="button" class="button quiet" onClick={() => begin(chosen)}>
        {t('inquiries.edit')}
      </button>
      <dialog ref={dialog} class="question" aria-label={t('inquiries.method')}>
        <form
          class="method"
          onSubmit={(event) => {
            event.preventDefault()
            void save()
          }}
        >
          <label class="field">
            <span class="small subtle">{t('inquiries.name')}</span>
            <input
              required
              maxLength={100}
              value={draft.name}
              onInput={(event) => setDraft({ ...draft, name: event.currentTarget.value })}
            />
          </label>
          <fieldset>
            <legend class="small subtle">{t('inquiries.keys')}</legend>
            {caseKeys.map((key) => (
              <label key={key} class="check">
                <input
                  type="checkbox"
                  checked={draft.keys.includes(key)}
                  onChange={() => {
                    const without = draft.keys.filter((one) => one !== key)
                    const on = without.length < draft.keys.length
                    void preview({ ...draft, keys: on ? without : [...draft.keys, key] })
                  }}
                />{' '}
                {t(`inquiries.by.${key}`)}
              </label>
            ))}
          </fieldset>
          <label class="field">
            <span class="small subtle">{t('inquiries.gapHours')}</span>
            <input
              type="number"
              min={0}
              max={87_600}
              value={draft.gap}
              onChange={(event) => void preview({ ...draft, gap: event.currentTarget.value })}
            />
          </label>
          <output class="small">
            {tried !== null &&
              t('inquiries.try', {
                cases: number(tried.cases),
                rate: tried.resolutionRate === null ? '–' : percent(tried.resolutionRate),
              })}
          </output>
          {problem !== null && <p role="alert">{t(problem)}</p>}
          <div class="actions">
            {draft.id !== null && !method.isDefault && (
              <button
                type="button"
                class="button danger"
                onClick={() =>
                  void finish(async () => {
                    await api.send('DELETE', path)
                    return ''
                  })
                }
              >
                {t('inquiries.delete')}
              </button>
            )}
            <button type="button" class="button" onClick={() => dialog.current?.close()}>
              {t('cancel')}
            </button>
            <button type="submit" class="button">
              {t('inquiries.save')}
            </button>
          </div>
        </form>
      </dialog>
    </div>
  )
}

import { useRef, useState } from 'preact/hooks'
import { ApiError } from '../api.ts'
import { useGet } from '../use-get.ts'
import { useSurroundings } from '../surroundings.ts'
import { useWords } from '../words.ts'
import { type Filter, savedQuery } from './list.ts'

/** A list as the API shows it. */
interface Saved {
  id: string
  name: string
  shared: boolean
  own: boolean
  query: Record<string, string>
  version: number
}

interface Draft {
  name: string
  shared: boolean
}

type Problem = 'notDone' | 'customers.list.conflict' | null

/** Lists that somebody keeps: chosen, saved as they are shown now, renamed, deleted. */
export function SavedLists(props: {
  filter: Filter
  /** Shows the list of these parameters. */
  show: (query: Record<string, string>) => void
}) {
  const { t } = useWords()
  const { api, role } = useSurroundings()
  const { filter, show } = props
  const { data, error, ask } = useGet<{ items: Saved[] }>('/lists', {})
  const dialog = useRef<HTMLDialogElement>(null)
  const [editing, setEditing] = useState<{ list: Saved | null; draft: Draft } | null>(null)
  const [problem, setProblem] = useState<Problem>(null)
  const lists = data?.items ?? []
  const current = lists.find(({ id }) => id === filter.list)
  const query = savedQuery(filter)
  const isChanged = current !== undefined && !isSame(current.query, query)
  const mayChange = current !== undefined && (current.own || role === 'admin')

  const begin = (list: Saved | null) => {
    setProblem(null)
    setEditing({ list, draft: { name: list?.name ?? '', shared: list?.shared ?? false } })
    dialog.current?.showModal()
  }
  const attempt = async (work: () => Promise<Record<string, string> | null>) => {
    try {
      const next = await work()
      dialog.current?.close()
      ask()
      if (next !== null) show(next)
    } catch (caught) {
      const conflict = caught instanceof ApiError && caught.status === 409
      setProblem(conflict ? 'customers.list.conflict' : 'notDone')
      if (conflict) ask()
    }
  }
  const save = (list: Saved | null, draft: Draft) =>
    attempt(async () => {
      // Who was told that somebody saved it meanwhile saves over that; what is not changed here stays theirs.
      const told = problem === 'customers.list.conflict'
      const known = (told ? lists.find(({ id }) => id === list?.id) : list) ?? list
      const version = known?.version
      const body = { ...draft, query: known === null || isChanged ? query : known.query }
      const saved =
        list === null
          ? await api.send<Saved>('POST', '/lists', body)
          : await api.send<Saved>('PUT', `/lists/${list.id}`, { ...body, version })
      return { ...saved.query, list: saved.id }
    })

  return (
    <div class="saved-lists">
      <h2>{t('customers.lists')}</h2>
      <ul>
        {lists.map((list) => (
          <li key={list.id}>
            <button
              type="button"
              aria-pressed={list.id === filter.list}
              onClick={() => show({ ...list.query, list: list.id })}
            >
              <bdi class="cut">{list.name}</bdi>
              {list.shared && <span class="small subtle">{t('customers.list.shared')}</span>}
            </button>
          </li>
        ))}
      </ul>
      {data === undefined && error !== null && (
        <p class="small subtle">
          {t('customers.list.unknown')}{' '}
          <button type="button" class="text-button" onClick={ask}>
            {t('retry')}
          </button>
        </p>
      )}
      <div class="saved-actions">
        {current !== undefined && mayChange && (
          <button type="button" class="text-button" onClick={() => begin(current)}>
            {t(isChanged ? 'customers.list.update' : 'customers.list.edit')}
          </button>
        )}
        <button type="button" class="text-button" onClick={() => begin(null)}>
          {t('customers.list.save')}
        </button>
      </div>
      <dialog ref={dialog} class="question" aria-label={t('customers.list')}>
        {editing !== null && (
          <form
            class="form"
            onSubmit={(event) => {
              event.preventDefault()
              void save(editing.list, editing.draft)
            }}
          >
            <label class="field">
              <span class="small subtle">{t('customers.list.name')}</span>
              <input
                class="input"
                required
                maxLength={100}
                value={editing.draft.name}
                onInput={(event) => {
                  const draft = { ...editing.draft, name: event.currentTarget.value }
                  setEditing({ ...editing, draft })
                }}
              />
            </label>
            <label class="check">
              <input
                type="checkbox"
                checked={editing.draft.shared}
                onChange={(event) => {
                  const draft = { ...editing.draft, shared: event.currentTarget.checked }
                  setEditing({ ...editing, draft })
                }}
              />{' '}
              {t('customers.list.share')}
            </label>
            {editing.list !== null && isChanged && (
              <p class="small">{t('customers.list.changed')}</p>
            )}
            {problem !== null && <p role="alert">{t(problem)}</p>}
            <div class="actions">
              {editing.list !== null && (
                <button
                  type="button"
                  class="button danger"
                  onClick={() =>
                    void attempt(async () => {
                      await api.send('DELETE', `/lists/${editing.list?.id ?? ''}`)
                      return query
                    })
                  }
                >
                  {t('customers.list.delete')}
                </button>
              )}
              <button type="button" class="button" onClick={() => dialog.current?.close()}>
                {t('cancel')}
              </button>
              <button type="submit" class="button">
                {t('save')}
              </button>
            </div>
          </form>
        )}
      </dialog>
    </div>
  )
}

function isSame(a: Record<string, string>, b: Record<string, string>): boolean {
  const names = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...names].every((name) => (a[name] ?? '') === (b[name] ?? ''))
}

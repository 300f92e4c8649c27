import { useRef, useState } from 'preact/hooks'
import { ApiError } from '../api.ts'
import { useSurroundings } from '../surroundings.ts'
import { useGet } from '../use-get.ts'
import { useWords } from '../words.ts'
import { actionName } from './action.ts'
import '../ui/dialog.css'
import '../ui/forms.css'
import '../ui/select.css'

interface KnownAction {
  name: string
  kind: 'tag' | 'trait'
}

interface Done {
  field: string
  total: number
}

type Kind = 'tag' | 'trait' | 'clear'

/** Whom an action is for: a question of the list, or the people behind an arrow. */
export type ActOn =
  | { query: Readonly<Record<string, string>> }
  | { movement: Readonly<Record<string, unknown>> }

/** Puts a tag or a value on all customers of a list at the help desk, or takes it away; for admins only. */
export function ActDialog({ on, total }: { on: ActOn; total: number }) {
  const { t } = useWords()
  const { role } = useSurroundings()
  const dialog = useRef<HTMLDialogElement>(null)
  const [opened, setOpened] = useState(0)
  if (role !== 'admin') return null
  const open = () => {
    setOpened(opened + 1)
    dialog.current?.showModal()
  }
  return (
    <>
      <button type="button" class="button" disabled={total === 0} onClick={open}>
        {t('customers.act')}
      </button>
      <dialog ref={dialog} class="question" aria-label={t('customers.act')}>
        {opened > 0 && (
          <ActForm key={opened} on={on} total={total} close={() => dialog.current?.close()} />
        )}
      </dialog>
    </>
  )
}

function ActForm({ on, total, close }: { on: ActOn; total: number; close: () => void }) {
  const { t } = useWords()
  const { api } = useSurroundings()
  const known = useGet<{ items: KnownAction[] }>('/lists/actions', {}).data?.items ?? []
  const [kind, setKind] = useState<Kind>('tag')
  const [text, setText] = useState('')
  const [value, setValue] = useState('')
  const [state, setState] = useState<Done | 'busy' | { wrong: string } | null>(null)
  const name = kind === 'clear' ? text || (known[0]?.name ?? '') : actionName(text)
  const isReady = name !== '' && (kind !== 'trait' || value.trim() !== '')
  const act = async () => {
    setState('busy')
    const action = { kind, name, ...(kind === 'trait' && { value: value.trim() }) }
    try {
      setState(await api.send<Done>('POST', '/lists/actions', { ...on, action }))
    } catch (error) {
      const refused = error instanceof ApiError && (error.status === 409 || error.status === 422)
      setState({ wrong: refused ? error.message : '' })
    }
  }
  const choose = (next: Kind) => {
    setKind(next)
    setText('')
    setState(null)
  }
  const done = state !== null && typeof state === 'object' && 'total' in state ? state : null
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady && state !== 'busy') void act()
      }}
    >
      <p>{t('customers.act.text', { count: total })}</p>
      <label class="field">
        <span class="small subtle">{t('customers.act.kind')}</span>
        <select
          class="select"
          value={kind}
          onChange={(event) => choose(event.currentTarget.value as Kind)}
        >
          <option value="tag">{t('customers.act.tag')}</option>
          <option value="trait">{t('customers.act.trait')}</option>
          {known.length > 0 && <option value="clear">{t('customers.act.clear')}</option>}
        </select>
      </label>
      {kind === 'clear' ? (
        <label class="field">
          <span class="small subtle">{t('customers.act.name')}</span>
          <select
            class="select"
            value={name}
            onChange={(event) => setText(event.currentTarget.value)}
          >
            {known.map((one) => (
              <option key={one.name} value={one.name}>
                {one.name}
              </option>
            ))}
          </select>
        </label>
      ) : (
        <label class="field">
          <span class="small subtle">{t('customers.act.name')}</span>
          <input
            class="input"
            maxLength={60}
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </label>
      )}
      {kind === 'trait' && (
        <label class="field">
          <span class="small subtle">{t('customers.act.value')}</span>
          <input
            class="input"
            maxLength={200}
            value={value}
            onInput={(event) => setValue(event.currentTarget.value)}
          />
        </label>
      )}
      {name === '' && text !== '' && <p class="small warning-text">{t('customers.act.latin')}</p>}
      {name !== '' && (
        <p class="small subtle">
          {t('customers.act.field')} <code>rapport_list_{name}</code>
        </p>
      )}
      <output>
        {state === 'busy' && t('loading')}
        {done !== null && t('customers.act.done', { count: done.total })}
        {typeof state === 'object' && state !== null && 'wrong' in state && (
          <span class="warning-text" role="alert">
            {t('notDone')} <bdi class="small">{state.wrong}</bdi>
          </span>
        )}
      </output>
      <div class="actions">
        <button type="button" class="button" onClick={close}>
          {t('close')}
        </button>
        <button type="submit" class="button" disabled={!isReady}>
          {t('customers.act.do')}
        </button>
      </div>
    </form>
  )
}

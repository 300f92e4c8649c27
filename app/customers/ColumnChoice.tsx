import { useRef, useState } from 'preact/hooks'
import { sayFact } from '../rules/say.ts'
import { Icon } from '../ui/Icon.tsx'
import { useWords } from '../words.ts'
import { ownColumns, usualColumns } from './columns.ts'

/** Which columns the list has, and in what order. */
export function ColumnChoice(props: {
  columns: readonly string[]
  fields: readonly string[]
  /** Told the columns in order; none = the usual ones. */
  choose: (columns: readonly string[]) => void
}) {
  const { t } = useWords()
  const { columns, fields, choose } = props
  const dialog = useRef<HTMLDialogElement>(null)
  const [shown, setShown] = useState<readonly string[] | null>(null)
  return (
    <>
      <button
        type="button"
        class="button"
        onClick={() => {
          setShown(columns.length === 0 ? usualColumns : columns)
          dialog.current?.showModal()
        }}
      >
        {t('customers.columns')}
      </button>
      <dialog
        ref={dialog}
        class="question"
        aria-label={t('customers.columns')}
        onClose={() => setShown(null)}
      >
        {shown !== null && (
          <Choice
            shown={shown}
            fields={fields}
            change={setShown}
            close={() => dialog.current?.close()}
            choose={choose}
          />
        )}
      </dialog>
    </>
  )
}

/** The columns while they are chosen. */
function Choice(props: {
  shown: readonly string[]
  fields: readonly string[]
  change: (shown: readonly string[]) => void
  close: () => void
  choose: (columns: readonly string[]) => void
}) {
  const words = useWords()
  const { t } = words
  const { shown, fields, change, close, choose } = props
  const list = useRef<HTMLUListElement>(null)
  const nameOf = (id: string) => {
    const own = ownColumns.find((one) => one.id === id)
    return own === undefined ? sayFact(words, id) : t(own.title)
  }
  const others = [...ownColumns.map(({ id }): string => id), ...fields].filter(
    (id) => !shown.includes(id),
  )
  const move = (at: number, by: -1 | 1) => {
    const moved = shown[at]
    const to = at + by
    if (moved === undefined || to < 0 || to >= shown.length) return
    const rest = shown.filter((_, k) => k !== at)
    change([...rest.slice(0, to), moved, ...rest.slice(to)])
    // The focus goes with the column.
    const direction = by < 0 ? '.earlier' : '.later'
    setTimeout(() => list.current?.querySelectorAll<HTMLElement>(direction)[to]?.focus())
  }
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault()
        const usual = shown.join(',') === usualColumns.join(',')
        choose(usual ? [] : shown)
        close()
      }}
    >
      <ul ref={list} class="column-list">
        {shown.map((id, at) => (
          <li key={id}>
            <bdi class="cut">{nameOf(id)}</bdi>
            <button
              type="button"
              class="icon-button earlier"
              aria-label={t('customers.column.earlier', { name: nameOf(id) })}
              disabled={at === 0}
              onClick={() => move(at, -1)}
            >
              <Icon name="up" tiny />
            </button>
            <button
              type="button"
              class="icon-button later"
              aria-label={t('customers.column.later', { name: nameOf(id) })}
              disabled={at === shown.length - 1}
              onClick={() => move(at, 1)}
            >
              <Icon name="low" tiny />
            </button>
            <button
              type="button"
              class="icon-button"
              aria-label={t('customers.column.hide', { name: nameOf(id) })}
              disabled={shown.length === 1}
              onClick={() => change(shown.filter((one) => one !== id))}
            >
              <Icon name="cross" tiny />
            </button>
          </li>
        ))}
      </ul>
      <label class="field">
        <span class="small subtle">{t('customers.column.add')}</span>
        <select
          class="select"
          value=""
          onChange={(event) => {
            const id = event.currentTarget.value
            if (id !== '') change([...shown, id])
          }}
        >
          <option value="">–</option>
          {others.map((id) => (
            <option key={id} value={id}>
              {nameOf(id)}
            </option>
          ))}
        </select>
      </label>
      <div class="actions">
        <button type="button" class="button quiet" onClick={() => change(usualColumns)}>
          {t('customers.columns.usual')}
        </button>
        <button type="button" class="button" onClick={() => close()}>
          {t('cancel')}
        </button>
        <button type="submit" class="button">
          {t('customers.apply')}
        </button>
      </div>
    </form>
  )
}

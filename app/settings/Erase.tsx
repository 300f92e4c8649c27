import { useRef, useState } from 'preact/hooks'
import type { CustomerRow } from '../customers/list.ts'
import { useFinder } from '../customers/use-finder.ts'
import { useGet } from '../use-get.ts'
import { useSurroundings } from '../surroundings.ts'
import { TableFrame } from '../ui/TableFrame.tsx'
import { useWords } from '../words.ts'
import { SaveState } from './SaveState.tsx'
import { useSave } from './use-save.ts'

interface Receipt {
  person: number
  erasedAt: string
  by: string
  facts: Record<string, unknown>
}

/** Finds a customer, erases them everywhere after a second question, and shows the receipts. */
export function Erase() {
  const { t, number, dateTime } = useWords()
  const { api } = useSurroundings()
  const receipts = useGet<{ items: Receipt[] }>('/erasures', { limit: 10 })
  const { text, setText, found, setFound, submit } = useFinder()
  const [chosen, setChosen] = useState<CustomerRow | null>(null)
  const [clears, setClears] = useState(false)
  const dialog = useRef<HTMLDialogElement>(null)
  const [state, run] = useSave()
  const nameOf = ({ name, email, id }: CustomerRow) => name ?? email ?? `#${number(id)}`
  const erase = async () => {
    if (chosen === null) return
    await api.send('DELETE', `/customers/${chosen.id}?deskFields=${clears ? 'clear' : 'keep'}`)
    setFound((found ?? []).filter(({ id }) => id !== chosen.id))
    receipts.ask()
  }
  return (
    <>
      <form class="form" onSubmit={submit}>
        <p class="subtle">{t('settings.erase.text')}</p>
        <label class="field">
          <span class="small subtle">{t('customers.search')}</span>
          <input
            class="input"
            maxLength={100}
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </label>
        <div class="actions">
          <button type="submit" class="button">
            {t('drawer.find')}
          </button>
        </div>
      </form>
      <ul class="found">
        {found?.map((row) => (
          <li key={row.id}>
            <bdi class="cut">{nameOf(row)}</bdi>
            <bdi class="cut small subtle">{row.email}</bdi>
            <button
              type="button"
              class="text-button"
              onClick={() => {
                setChosen(row)
                dialog.current?.showModal()
              }}
            >
              {t('settings.erase')}
            </button>
          </li>
        ))}
        {found?.length === 0 && <li class="subtle">{t('drawer.nobody')}</li>}
      </ul>
      <SaveState state={state} />
      <dialog ref={dialog} class="question" aria-label={t('settings.erase')}>
        <p>{chosen !== null && t('settings.erase.sure', { name: nameOf(chosen) })}</p>
        <label class="check">
          <input
            type="checkbox"
            checked={clears}
            onChange={(event) => setClears(event.currentTarget.checked)}
          />{' '}
          {t('settings.erase.fields')}
        </label>
        <div class="actions">
          <button type="button" class="button" onClick={() => dialog.current?.close()}>
            {t('cancel')}
          </button>
          <button
            type="button"
            class="button danger"
            onClick={() => {
              dialog.current?.close()
              void run(erase)
            }}
          >
            {t('settings.erase.yes')}
          </button>
        </div>
      </dialog>
      {(receipts.data?.items.length ?? 0) > 0 && (
        <TableFrame label={t('settings.receipts')}>
          <table class="streams">
            <caption class="small subtle">{t('settings.receipts')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('settings.receipts.person')}</th>
                <th scope="col">{t('settings.receipts.at')}</th>
                <th scope="col">{t('settings.receipts.by')}</th>
              </tr>
            </thead>
            <tbody>
              {receipts.data?.items.map(({ person, erasedAt, by }) => (
                <tr key={`${person} ${erasedAt}`}>
                  <th scope="row">#{number(person)}</th>
                  <td>{dateTime(erasedAt)}</td>
                  <td>
                    <bdi>{by}</bdi>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableFrame>
      )}
    </>
  )
}

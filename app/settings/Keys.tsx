import { useState } from 'preact/hooks'
import { useGet } from '../use-get.ts'
import { useSurroundings } from '../surroundings.ts'
import { CopyButton } from '../ui/CopyButton.tsx'
import { Failed } from '../ui/Failed.tsx'
import { Notice } from '../ui/Notice.tsx'
import { TableFrame } from '../ui/TableFrame.tsx'
import { useWords } from '../words.ts'
import { SaveState } from './SaveState.tsx'
import { useSave } from './use-save.ts'

const scopes = ['ingest', 'read', 'satisfaction', 'admin'] as const
type Scope = (typeof scopes)[number]

interface Key {
  id: string
  name: string
  scopes: Scope[]
  createdAt: string
}

/** Keys by which other systems use the interface: made, shown once, revoked. */
export function Keys() {
  const { t, date } = useWords()
  const { api } = useSurroundings()
  const { data, error, ask } = useGet<{ items: Key[] }>('/keys', {})
  const [name, setName] = useState('')
  const [chosen, setChosen] = useState<readonly Scope[]>(['ingest'])
  const [made, setMade] = useState<string | null>(null)
  const [state, run] = useSave()
  if (data === undefined) {
    return error === null ? null : <Failed error={error} retry={ask} level={2} />
  }
  const make = async () => {
    const body = { name: name.trim(), scopes: chosen }
    const { key } = await api.send<{ key: string }>('POST', '/keys', body)
    setMade(key)
    setName('')
  }
  return (
    <>
      <TableFrame label={t('settings.keys.made')}>
        <table class="streams">
          <thead>
            <tr>
              <th scope="col">{t('settings.keys.name')}</th>
              <th scope="col">{t('settings.keys.may')}</th>
              <th scope="col">{t('settings.keys.made')}</th>
              <th scope="col">
                <span class="hidden-text">{t('settings.keys.revoke')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {data.items.map((key) => (
              <tr key={key.id}>
                <th scope="row">
                  <bdi>{key.name}</bdi>
                </th>
                <td>{key.scopes.map((one) => t(`settings.scope.${one}`)).join(', ')}</td>
                <td>{date(key.createdAt)}</td>
                <td>
                  <button
                    type="button"
                    class="text-button"
                    aria-label={t('settings.keys.revokeOne', { name: key.name })}
                    onClick={() =>
                      void run(() => api.send('DELETE', `/keys/${key.id}`)).then(() => ask())
                    }
                  >
                    {t('settings.keys.revoke')}
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableFrame>
      {made !== null && (
        <Notice tone="blue" icon="lock">
          <p>{t('settings.keys.once')}</p>
          <p>
            <code class="made-key">{made}</code> <CopyButton text={made} />
          </p>
        </Notice>
      )}
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault()
          void run(make).then(() => ask())
        }}
      >
        <label class="field">
          <span class="small subtle">{t('settings.keys.name')}</span>
          <input
            class="input"
            required
            maxLength={100}
            value={name}
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </label>
        <fieldset class="people">
          <legend class="small subtle">{t('settings.keys.may')}</legend>
          {scopes.map((scope) => (
            <label key={scope} class="check">
              <input
                type="checkbox"
                checked={chosen.includes(scope)}
                onChange={(event) =>
                  setChosen(
                    event.currentTarget.checked
                      ? [...chosen, scope]
                      : chosen.filter((one) => one !== scope),
                  )
                }
              />{' '}
              {t(`settings.scope.${scope}`)}
            </label>
          ))}
        </fieldset>
        <div class="actions">
          <button
            type="submit"
            class="button"
            disabled={chosen.length === 0 || name.trim() === '' || state === 'busy'}
          >
            {t('settings.keys.make')}
          </button>
          <SaveState state={state} />
        </div>
      </form>
    </>
  )
}

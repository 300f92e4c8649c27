import { useState } from 'preact/hooks'
import { useGet } from '../use-get.ts'
import { useSurroundings } from '../surroundings.ts'
import { Failed } from '../ui/Failed.tsx'
import { useWords } from '../words.ts'
import { SaveRow } from './SaveState.tsx'
import { useSave } from './use-save.ts'

interface Granted {
  satisfaction: { roles: ('agent' | 'admin')[]; users: string[] }
}

interface Member {
  id: string
  name: string
  role: 'agent' | 'admin'
}

/** Who sees satisfaction figures besides admins: all agents, or some of them. */
export function Permissions() {
  const granted = useGet<Granted>('/permissions', {})
  const members = useGet<{ items: Member[] }>('/members', {})
  if (granted.data === undefined) {
    return granted.error === null ? null : (
      <Failed error={granted.error} retry={granted.ask} level={2} />
    )
  }
  return (
    <Form
      key={JSON.stringify(granted.data)}
      granted={granted.data}
      members={(members.data?.items ?? []).filter(({ role }) => role === 'agent')}
      saved={granted.ask}
    />
  )
}

function Form(props: { granted: Granted; members: readonly Member[]; saved: () => void }) {
  const { t } = useWords()
  const { api } = useSurroundings()
  const { granted, members, saved } = props
  const [all, setAll] = useState(granted.satisfaction.roles.includes('agent'))
  const [users, setUsers] = useState<readonly string[]>(granted.satisfaction.users)
  const [state, run] = useSave()
  const save = () =>
    api.send('PUT', '/permissions', {
      satisfaction: { roles: all ? ['agent', 'admin'] : ['admin'], users },
    })
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault()
        void run(save).then((done) => done && saved())
      }}
    >
      <p class="subtle">{t('settings.permissions.text')}</p>
      <label class="check">
        <input
          type="checkbox"
          checked={all}
          onChange={(event) => setAll(event.currentTarget.checked)}
        />{' '}
        {t('settings.permissions.all')}
      </label>
      {!all && members.length > 0 && (
        <fieldset class="people">
          <legend class="small subtle">{t('settings.permissions.some')}</legend>
          {members.map(({ id, name }) => (
            <label key={id} class="check">
              <input
                type="checkbox"
                checked={users.includes(id)}
                onChange={(event) =>
                  setUsers(
                    event.currentTarget.checked
                      ? [...users, id]
                      : users.filter((one) => one !== id),
                  )
                }
              />{' '}
              <bdi>{name}</bdi>
            </label>
          ))}
        </fieldset>
      )}
      <SaveRow state={state} />
    </form>
  )
}

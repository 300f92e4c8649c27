import { useState } from 'preact/hooks'
import type { Card } from '../../worker/customers/card.ts'
import { useGet } from '../use-get.ts'
import { useSurroundings } from '../surroundings.ts'
import { useWords } from '../words.ts'
import { useFinder } from './use-finder.ts'

interface Move {
  id: number
  kind: 'merge' | 'split' | 'undo'
  from: number
  into: number
  profiles: string[]
  at: string
  actor: string
  undone: boolean
}

/** What belongs to a customer: joined with another, taken apart, and both taken back; for admins. */
export function Belongings({ card, changed }: { card: Card; changed: () => void }) {
  const { t } = useWords()
  const [open, setOpen] = useState(false)
  return (
    <details class="drawer-part" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('drawer.belongings')}</summary>
      {open && <Inside card={card} changed={changed} />}
    </details>
  )
}

function Inside({ card, changed }: { card: Card; changed: () => void }) {
  const { t } = useWords()
  const { api } = useSurroundings()
  const path = `/customers/${card.id}`
  const moves = useGet<{ items: Move[] }>(`${path}/moves`, {})
  const [failed, setFailed] = useState(false)
  const act = async (action: string, body: object) => {
    try {
      await api.send('POST', `${path}/${action}`, body)
      setFailed(false)
      moves.ask()
      changed()
    } catch {
      setFailed(true)
    }
  }
  const sources = card.identities.filter(({ kind }) => kind === 'id')
  return (
    <>
      <h3>{t('drawer.sources')}</h3>
      <ul class="sources">
        {sources.map(({ value }) => (
          <li key={value}>
            <bdi class="cut">{value}</bdi>
            {sources.length > 1 && (
              <button
                type="button"
                class="text-button"
                onClick={() => void act('split', { profiles: [`id:${value}`] })}
              >
                {t('drawer.split')}
              </button>
            )}
          </li>
        ))}
      </ul>
      <Join card={card} join={(from) => void act('merge', { from })} />
      <output>{failed && t('notDone')}</output>
      <Moves items={moves.data?.items ?? []} undo={(move) => void act('undo', { move })} />
    </>
  )
}

/** Finds another customer by name, e-mail or phone, to be joined into this one. */
function Join({ card, join }: { card: Card; join: (from: number) => void }) {
  const { t, money } = useWords()
  const { text, setText, found, submit } = useFinder()
  const others = found?.filter(({ id }) => id !== card.id)
  return (
    <form class="inline-form" onSubmit={submit}>
      <label class="field">
        <span class="small subtle">{t('drawer.join')}</span>
        <input
          class="input"
          maxLength={100}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </label>
      <button type="submit" class="button">
        {t('drawer.find')}
      </button>
      <ul class="sources">
        {others?.map(({ id, name, email, totalOrderValue, currency }) => (
          <li key={id}>
            <span class="cut">
              <bdi>{name ?? email ?? t('unnamed')}</bdi>{' '}
              <span class="small subtle">{money(totalOrderValue, currency)}</span>
            </span>
            <button type="button" class="text-button" onClick={() => join(id)}>
              {t('candidates.same')}
            </button>
          </li>
        ))}
        {others?.length === 0 && <li class="subtle">{t('drawer.nobody')}</li>}
      </ul>
    </form>
  )
}

function Moves({ items, undo }: { items: readonly Move[]; undo: (move: number) => void }) {
  const { t, dateTime } = useWords()
  if (items.length === 0) return null
  return (
    <>
      <h3>{t('drawer.moves')}</h3>
      <ul class="sources">
        {items.map(({ id, kind, at, actor, undone, profiles }) => (
          <li key={id}>
            <span>
              {t(`drawer.move.${kind}`)} <bdi class="small">{profiles.join(', ')}</bdi>
              <span class="small subtle">
                {' '}
                {dateTime(at)} <bdi>{actor}</bdi>
              </span>
            </span>
            {kind !== 'undo' &&
              (undone ? (
                <span class="small subtle">{t('drawer.undone')}</span>
              ) : (
                <button type="button" class="text-button" onClick={() => undo(id)}>
                  {t('undo')}
                </button>
              ))}
          </li>
        ))}
      </ul>
    </>
  )
}

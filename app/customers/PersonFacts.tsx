import { useState } from 'preact/hooks'
import type { Card } from '../../worker/customers/card.ts'
import { Candidates } from '../sidebar/Candidates.tsx'
import { useSurroundings } from '../surroundings.ts'
import { useWords } from '../words.ts'

/** What the drawer says below the name: where orders go, another name, others who may be the same person. */
export function PersonFacts({ card, changed }: { card: Card; changed: () => void }) {
  const { t, locale } = useWords()
  const { role } = useSurroundings()
  const place = card.latestOrders.find(({ shipTo }) => shipTo !== null)?.shipTo
  const parts = [place?.city, place?.region, countryName(locale, place?.country)]
  const text = parts.filter((part) => part != null && part !== '').join(', ')
  return (
    <div class="person-facts">
      {text !== '' && (
        <p class="small">
          <span class="subtle">{t('drawer.shipTo')}</span> <bdi>{text}</bdi>
        </p>
      )}
      {role === 'admin' && <Rename key={card.name} card={card} changed={changed} />}
      <Candidates
        card={card}
        show={(id) => {
          // The drawer is at home in the address: the list stays as it is.
          location.hash = location.hash.replace(/([?&]open=)\d+/, `$1${id}`)
        }}
        changed={changed}
      />
    </div>
  )
}

function countryName(locale: string, code: string | null | undefined): string | null {
  if (code == null || !/^[A-Z]{2}$/.test(code)) return code ?? null
  return new Intl.DisplayNames(locale, { type: 'region' }).of(code) ?? code
}

/** Another name for a customer; an empty one gives back the name that the shop sent. */
function Rename({ card, changed }: { card: Card; changed: () => void }) {
  const { t } = useWords()
  const { api } = useSurroundings()
  const [name, setName] = useState<string | null>(null)
  const [failed, setFailed] = useState(false)
  if (name === null) {
    return (
      <button type="button" class="text-button small" onClick={() => setName(card.name ?? '')}>
        {t('drawer.rename')}
      </button>
    )
  }
  const save = async () => {
    try {
      const next = name.trim() === '' ? null : name.trim()
      await api.send('PATCH', `/customers/${card.id}`, { name: next })
      setName(null)
      changed()
    } catch {
      setFailed(true)
    }
  }
  return (
    <form
      class="inline-form"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <input
        class="input"
        aria-label={t('drawer.name')}
        maxLength={500}
        value={name}
        onInput={(event) => setName(event.currentTarget.value)}
      />
      <button type="submit" class="button">
        {t('save')}
      </button>
      <button type="button" class="button quiet" onClick={() => setName(null)}>
        {t('cancel')}
      </button>
      {failed && <p role="alert">{t('notDone')}</p>}
    </form>
  )
}

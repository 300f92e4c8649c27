import type { Card } from '../../worker/customers/card.ts'
import { useSurroundings } from '../surroundings.ts'
import { useWords } from '../words.ts'

/** Which contact this is about the same thing, since when, with whom; its tickets one click away. */
export function CaseLine({ card, ticketId }: { card: Card; ticketId: string | null }) {
  const { t, ago, dateTime } = useWords()
  const { zaf, now } = useSurroundings()
  const [one] = card.cases
  if (one === undefined || one.contacts < 2) return null
  const { contacts, order, openedAt, agent, tickets } = one
  return (
    <details class="case-line small">
      <summary>
        <strong>{t('case.contact', { count: contacts })}</strong>
        {order !== null && ` · ${t('case.order', { order: order.replace(/^[a-z_]+:/, '') })}`}
        {' · '}
        <time dateTime={openedAt} title={dateTime(openedAt)}>
          {t('case.first', { when: ago(openedAt, now()) })}
        </time>
        {agent !== null && ` · ${t('case.agent', { name: agent })}`}
      </summary>
      <ol>
        {tickets.map((id) => (
          <li key={id}>
            {id === ticketId ? (
              `#${id}`
            ) : (
              <button type="button" class="text-button" onClick={() => zaf.openTicket(id)}>
                #{id}
              </button>
            )}
          </li>
        ))}
      </ol>
    </details>
  )
}

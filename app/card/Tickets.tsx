import type { Card, CardTicket } from '../../worker/customers/card.ts'
import { useSurroundings } from '../surroundings.ts'
import { Section } from '../ui/Section.tsx'
import { useWords } from '../words.ts'
import { useFew } from './use-few.tsx'

const known = new Set(['new', 'open', 'pending', 'hold', 'solved', 'closed'])

/** Open tickets first, then recent ones; each opens in the help desk. */
export function Tickets({ card, ticketId }: { card: Card; ticketId: string | null }) {
  const { t, number } = useWords()
  const { tickets, openTickets, totalTickets } = card
  const hidden = totalTickets - tickets.length
  const { shown, more } = useFew(tickets)
  return (
    <Section
      name="tickets"
      title={t('tickets.title')}
      note={
        <span class="small subtle number">
          {t('tickets.counts', { open: openTickets, total: number(totalTickets) })}
        </span>
      }
    >
      {tickets.length === 0 && <p class="subtle">{t('tickets.none')}</p>}
      <ul class="rows">
        {shown.map((ticket) => (
          <Ticket key={ticket.id} ticket={ticket} here={idOf(ticket) === ticketId} />
        ))}
        {more}
      </ul>
      {hidden > 0 && tickets.length > 0 && more === null && (
        <p class="small subtle more">{t('tickets.more', { count: hidden })}</p>
      )}
    </Section>
  )
}

function Ticket({ ticket, here }: { ticket: CardTicket; here: boolean }) {
  const { t, maybe, ago, dateTime } = useWords()
  const { zaf, now } = useSurroundings()
  const { status, subject, createdAt, assignee } = ticket
  const letter = maybe(`ticket.letter.${status}`) ?? '?'
  const state = maybe(`ticket.status.${status}`) ?? status
  const name = subject ?? t('ticket.noSubject')
  const row = (
    <>
      <span class={`status ${known.has(status) ? status : ''}`} title={state} aria-hidden="true">
        {letter}
      </span>
      <span class="hidden-text">{state}</span>
      <span class="row-main">
        <span class="cut subject">
          <bdi>{name}</bdi>
        </span>
        <span class="small subtle cut">
          <bdi>#{idOf(ticket)}</bdi> ·{' '}
          <time dateTime={createdAt} title={dateTime(createdAt)}>
            {ago(createdAt, now())}
          </time>
          {assignee !== null && (
            <>
              {' · '}
              <bdi>{assignee}</bdi>
            </>
          )}
        </span>
      </span>
    </>
  )
  if (here) {
    return (
      <li class="row here" aria-current="true">
        {row}
        <span class="tag square">{t('ticket.here')}</span>
      </li>
    )
  }
  return (
    <li>
      <button type="button" class="row" title={name} onClick={() => zaf.openTicket(idOf(ticket))}>
        {row}
      </button>
    </li>
  )
}

/** The help desk's own id, without the prefix of its source. */
function idOf(ticket: CardTicket): string {
  return ticket.id.replace(/^zendesk:/, '')
}

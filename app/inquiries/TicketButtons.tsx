import { useSurroundings } from '../surroundings.ts'

/** Opens each of these tickets in the help desk. */
export function TicketButtons({ tickets }: { tickets: readonly string[] }) {
  const { zaf } = useSurroundings()
  return (
    <>
      {tickets.map((ticket) => (
        <button
          key={ticket}
          type="button"
          class="text-button"
          onClick={() => zaf.openTicket(ticket)}
        >
          #{ticket}
        </button>
      ))}
    </>
  )
}

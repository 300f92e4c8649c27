export const ticketStatuses = ['new', 'open', 'pending', 'hold', 'solved', 'closed'] as const
export type TicketStatus = (typeof ticketStatuses)[number]

export const authors = ['customer', 'agent', 'bot'] as const
export type Author = (typeof authors)[number]

/** How many levels a rating can have. */
export const scales = [2, 3, 5] as const
export type Scale = (typeof scales)[number]

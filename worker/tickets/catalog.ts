export const ticketStatuses = ['new', 'open', 'pending', 'hold', 'solved', 'closed'] as const

export const authors = ['customer', 'agent', 'bot'] as const

/** How many levels a rating can have. */
export const scales = [2, 3, 5] as const
export type Scale = (typeof scales)[number]

/** What a rating says, whatever its scale. */
export const verdicts = ['good', 'neutral', 'bad'] as const
export type Verdict = (typeof verdicts)[number]

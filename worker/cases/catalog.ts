/** What a method may group tickets by, besides the customer; a ticket field by its name: `field:Topic`. */
export const caseKeys = ['channel', 'type', 'order', 'group'] as const
export type CaseKey = (typeof caseKeys)[number] | `field:${string}`

/** What a gap is measured from: the latest activity of the case, or its latest opening. */
export const gapBases = ['activity', 'opened'] as const
export type GapBasis = (typeof gapBases)[number]

/** The word for a ticket without a value. */
export const NO_VALUE = '(none)'

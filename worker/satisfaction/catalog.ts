/** What a view of satisfaction can be asked for. */

export const units = ['day', 'week', 'month'] as const
export type Unit = (typeof units)[number]

export const hoursChoices = ['all', 'working', 'off'] as const

/** The day by which a rating belongs to a period: that of the rating, or that of its ticket's creation. */
export const bases = ['rating', 'ticket'] as const
export type Basis = (typeof bases)[number]

/** Partitions of the ratings; each can also be filtered by. */
export const dimensions = [
  'level',
  'reason',
  'channel',
  'hours',
  'agent',
  'group',
  'type',
  'segment',
  'instance',
] as const
export type Dimension = (typeof dimensions)[number]

/** Key of what has no value in a dimension; of reasons: none given. */
export const NONE = '(none)'

/** Periods of one answer. */
export const MOST_PERIODS = 400

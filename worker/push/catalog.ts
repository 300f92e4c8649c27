/** Fields of a help-desk user that can be kept up to date; keys and types cannot be changed there later. */
export const userFields = {
  segments: { key: 'rapport_segments', type: 'text', title: 'Rapport: segments' },
  segmentTags: { key: 'rapport_segment_tags', type: 'multiselect', title: 'Rapport: segments' },
  orders: { key: 'rapport_orders', type: 'integer', title: 'Rapport: orders' },
  orderValue: { key: 'rapport_order_value', type: 'decimal', title: 'Rapport: total order value' },
  averageSpend: { key: 'rapport_average_spend', type: 'decimal', title: 'Rapport: average spend' },
  latestPurchase: {
    key: 'rapport_latest_purchase',
    type: 'date',
    title: 'Rapport: latest purchase',
  },
  yearlySpend: { key: 'rapport_yearly_spend', type: 'decimal', title: 'Rapport: yearly spend' },
  preferredLine: { key: 'rapport_line', type: 'text', title: 'Rapport: preferred line' },
  planDate: { key: 'rapport_plan_date', type: 'date', title: 'Rapport: plan date' },
  sentiment: { key: 'rapport_sentiment', type: 'text', title: 'Rapport: sentiment' },
  negative: { key: 'rapport_negative', type: 'checkbox', title: 'Rapport: negative sentiment' },
  badRating: { key: 'rapport_bad_rating', type: 'checkbox', title: 'Rapport: bad rating' },
  badRatingOn: { key: 'rapport_bad_rating_on', type: 'date', title: 'Rapport: bad rating on' },
  badRatingReason: {
    key: 'rapport_bad_rating_reason',
    type: 'text',
    title: 'Rapport: reason of the bad rating',
  },
} as const
export type FieldName = keyof typeof userFields

/** What an account chooses: each stands for one field, or for those that belong together. */
export const choices = [
  'segments',
  'segmentTags',
  'orders',
  'orderValue',
  'averageSpend',
  'latestPurchase',
  'yearlySpend',
  'preferredLine',
  'planDate',
  'sentiment',
  'badRating',
] as const
export type Choice = (typeof choices)[number]

/** The fields behind a choice. */
export const fieldsOf: Readonly<Record<Choice, readonly FieldName[]>> = {
  segments: ['segments'],
  segmentTags: ['segmentTags'],
  orders: ['orders'],
  orderValue: ['orderValue'],
  averageSpend: ['averageSpend'],
  latestPurchase: ['latestPurchase'],
  yearlySpend: ['yearlySpend'],
  preferredLine: ['preferredLine'],
  planDate: ['planDate'],
  sentiment: ['sentiment', 'negative'],
  badRating: ['badRating', 'badRatingOn', 'badRatingReason'],
}

/** Ways in which a segment is seen at the help desk. */
export const ways = ['checkbox', 'tags', 'text'] as const
export type Way = (typeof ways)[number]

/** Fields that a trigger of the starter kit writes too. */
export const triggered: readonly string[] = [userFields.badRating.key]

/** Everything of ours at the help desk begins like this: keys of fields, and tags. */
export const prefix = 'rapport_'
/** Key of the checkbox of a segment; keys of fields have no hyphens. */
export const checkboxKey = (segment: string) => `${prefix}is_${segment.replaceAll('-', '__')}`

/** Fields of tickets, by the name that we use for them; the help desk gives them ids. */
export const ticketFields = {
  vip: { type: 'checkbox', title: 'Rapport: VIP' },
  sentiment: { type: 'tagger', title: 'Rapport: sentiment' },
  touched: { type: 'text', title: 'Rapport: customer changed' },
} as const
export type TicketField = keyof typeof ticketFields

export const moods = ['positive', 'neutral', 'negative'] as const

/** Triggers that an account may switch on, by name. */
export const starters = ['bad_rating', 'good_rating', 'vip', 'negative', 'at_risk'] as const
export type Starter = (typeof starters)[number]
/** Those that can hand a ticket to a group. */
export const handing: readonly Starter[] = ['negative', 'at_risk']

/** Why something is written. */
export const causes = ['facts', 'settings', 'drift', 'again', 'action', 'erased'] as const
export type Cause = (typeof causes)[number]

/** How a write ended; `unknown`: nobody knows whether it arrived, so it is sent again. */
export const outcomes = ['updated', 'unknown', 'refused', 'gone'] as const
export type Outcome = (typeof outcomes)[number]

/** Counts and milliseconds that the push keeps to. */
export const pace = {
  /** Rows of one job: Zendesk's limit. */
  rows: 100,
  /** Jobs of ours at once; Zendesk allows 30 in all. */
  jobs: 25,
  /** Calls of the minute that are left for reading. */
  reserve: 3,
  /** Persons looked at in one step. */
  persons: 500,
  /** Journal entries looked at in one step. */
  entries: 50,
  /** A job that tells nothing for so long is given up. */
  job: 3_600_000,
  /** Fields are looked at again after this. */
  fields: 3_600_000,
  /** The same where one of them or an option is missing. */
  fieldsMissing: 60_000,
  /** The help desk's clock may differ from ours by this much. */
  skew: 5_000,
  /** A flag that a trigger set stays for so long before it is put right: the rating is on its way. */
  grace: 3_600_000,
  /** A row that was refused five times rests for so long. */
  rest: 86_400_000,
  /** The ledger is kept for so long. */
  keep: 90 * 86_400_000,
} as const

export const mostTries = 5

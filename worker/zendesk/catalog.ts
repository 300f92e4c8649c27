/**
 * Facts about Zendesk that its documentation does not settle, each in one place; `docs/unverified.md` says how the
 * first real account will show whether they hold.
 */
export const unverified = {
  /** Status of a deleted ticket in the incremental export. */
  deletedStatus: 'deleted',
  /** Sideload of the incremental ticket export that tells solve time and reopens. */
  metrics: 'metric_sets',
  /** `via.source.rel` of the comment that a merge leaves, whose `from` names the tickets that went into this one. */
  mergeRelation: 'merge',
  /** Audit event types that tell of surveys, with the assignee and group of that moment. */
  surveyEvents: ['SurveyOffered', 'SurveyResponseSubmitted'],
  /** Part of the type of events after which the words of a ticket are read again. */
  redaction: 'Redact',
  /** Header that tells the limit of exports a minute, as `total=10; remaining=9; resets=41`. */
  exportLimitHeader: 'Zendesk-RateLimit-incremental-exports-user',
  /** Exports begin here (s): before the help desk existed. */
  beginning: 946_684_800,
  /** Author id of messages that nobody wrote. */
  systemAuthor: -1,
  /** OAuth scopes; fields and ratings have none of their own. */
  scopes: 'read write',
  /** What webhooks tell of; anything they leave out comes with the export. */
  events: [
    'zen:event-type:ticket.created',
    'zen:event-type:ticket.comment_added',
    'zen:event-type:ticket.status_changed',
    'zen:event-type:ticket.requester_changed',
    'zen:event-type:ticket.merged',
    'zen:event-type:ticket.soft_deleted',
    'zen:event-type:ticket.csat_rating_submitted',
    'zen:event-type:user.created',
    'zen:event-type:user.merged',
  ],
} as const

/** Zendesk's public secret for tests before a webhook exists: whoever signs with it proves nothing. */
export const testSecret = 'dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ=='

/** What is read, in this order: people, their tickets, what happened on these, what was thought of it. */
export const streams = ['users', 'tickets', 'events', 'ratings', 'surveys'] as const
export type StreamName = (typeof streams)[number]

/** Words about a connection that the interface has texts for. */
export const connectionStates = ['none', 'connected', 'broken'] as const
export type ConnectionState = (typeof connectionStates)[number]

/** Why a connection or a stream stands still. */
export const troubles = [
  'unauthorized',
  'forbidden',
  'limited',
  'unavailable',
  'refused',
  'unreadable',
] as const
export type Trouble = (typeof troubles)[number]

/** Milliseconds and counts that the exchange with Zendesk keeps to. */
export const pace = {
  /** A stream that has caught up is asked again after this. */
  interval: 60_000,
  /** Groups, fields and agents are read again after this. */
  catalog: 3_600_000,
  /** Ratings are looked at again by their offer: often, and once a day far back. */
  again: 600_000,
  window: { often: 3 * 86_400_000, daily: 35 * 86_400_000 },
  /** The newest minute is never exported. */
  fresh: 90_000,
  timeout: 20_000,
  backoff: { first: 10_000, most: 300_000 },
  /** A role is looked up again after this. */
  role: 900_000,
} as const

/** Share of the plan's requests a minute that we take, of exports a minute (shared by all tools of the shop), defaults. */
export const budget = { share: 0.25, exportShare: 0.5, plan: 200, exports: 10 } as const

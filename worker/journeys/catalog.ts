/** Nodes that every account has besides its segments: what happened in a person's cases and ratings. */
export const outcomeNodes = [
  '@rated_bad',
  '@rated_good',
  '@unresolved_case',
  '@resolved_case',
] as const
export type OutcomeNode = (typeof outcomeNodes)[number]

/** Arrows of one question, nodes that bring their own rules, segments of a matrix, longest period in days. */
export const limits = { arrows: 60, nodes: 40, matrix: 20, days: 4_000 } as const

/** Who of an arrow is listed: moved, came into both on one day, came into the target at all, was in the source. */
export const behind = ['moved', 'sameDay', 'joinedTarget', 'source'] as const
export type Behind = (typeof behind)[number]

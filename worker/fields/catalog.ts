/** What fields with values of the shop's own belong to. */
export const fieldsOf = ['order', 'ticket', 'rating', 'trait', 'tag'] as const
export type FieldOf = (typeof fieldsOf)[number]

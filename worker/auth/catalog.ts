/** What a key may do. `operator` makes accounts and is never minted by an account. */
export const scopes = ['ingest', 'read', 'satisfaction', 'admin', 'operator'] as const
export type Scope = (typeof scopes)[number]

/** Roles of help-desk users. */
export const roles = ['agent', 'admin'] as const
export type Role = (typeof roles)[number]

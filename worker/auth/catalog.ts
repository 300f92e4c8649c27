/** What a key may do. `operator` makes accounts and is never minted by an account. */
export const scopes = ['ingest', 'read', 'satisfaction', 'admin', 'operator'] as const
export type Scope = (typeof scopes)[number]

/** Roles of help-desk users. */
export const roles = ['agent', 'admin'] as const
export type Role = (typeof roles)[number]

/** Places of the help desk where the app opens, each with the built page that it shows there. */
export const locations = {
  sidebar: 'sidebar.html',
  user_sidebar: 'sidebar.html',
  nav_bar: 'nav_bar.html',
} as const
export type Location = keyof typeof locations

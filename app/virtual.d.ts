declare module 'virtual:messages' {
  import type { Messages } from './message.ts'

  type Load = () => Promise<{ default: Messages }>
  /** Words of every place, and those that only pages of the tab use. */
  export const locales: Readonly<Record<string, { shared: Load; pages: Load }>>
}

/** Puts `ZAFClient` on the page when the SDK is bundled; empty when the page loads Zendesk's own script. */
declare module 'virtual:zaf-sdk' {}

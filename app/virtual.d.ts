declare module 'virtual:messages' {
  import type { Messages } from './message.ts'

  export const locales: Readonly<Record<string, () => Promise<{ default: Messages }>>>
}

/** Puts `ZAFClient` on the page when the SDK is bundled; empty when the page loads Zendesk's own script. */
declare module 'virtual:zaf-sdk' {}

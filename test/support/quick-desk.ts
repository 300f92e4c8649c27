import type { DeskMakeup } from '../emulator/zendesk/desk.ts'

/** A help desk with so many exports a minute that its whole past is read in one. */
export const quickDesk: DeskMakeup = { plan: { requests: 2_500, exports: 200 } }

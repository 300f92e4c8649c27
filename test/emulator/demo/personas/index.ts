import type { Role } from '../cast.ts'
import type { Frame } from '../draft.ts'
import { houseAccount, newToday, noRate, twoChannels, vipSlipping } from './buyers.ts'
import { ambiguous, markup, relay, repeatContact, ticketOnly } from './contacts.ts'
import { fullRefund, lateRefund } from './refunds.ts'

/** The twelve named people, each with one case to show. */
export function rolesOf(frame: Frame): Role[] {
  return [
    vipSlipping,
    twoChannels,
    ticketOnly,
    repeatContact,
    fullRefund,
    lateRefund,
    ambiguous,
    relay,
    newToday,
    noRate,
    markup,
    houseAccount,
  ].map((role) => role(frame))
}

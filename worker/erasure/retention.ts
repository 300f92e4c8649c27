import type { Account } from '../accounts/account.ts'
import type { Db } from '../db.ts'
import { RANGE_SIZE } from '../load.ts'
import { personOf, selectLastPerson } from '../rows.ts'
import { forgetTexts } from './store.ts'

const DAY = 86_400_000

/**
 * Forgets the words of messages that are older than the account keeps them; when they were written, and by whom,
 * stays. Reads each message once; answers how many were forgotten.
 */
export async function keepRetention(db: Db, account: Account, now: number): Promise<number> {
  const { messagesDays } = account.settings.retention
  if (messagesDays === null) return 0
  const [greatest] = await db.batch([selectLastPerson(account.id)])
  let forgotten = 0
  for (let first = 0; first <= personOf(greatest); first += RANGE_SIZE) {
    const before = now - messagesDays * DAY
    const [outcome] = await db.batch([
      forgetTexts(account.id, first, first + RANGE_SIZE - 1, before),
    ])
    forgotten += outcome?.changes ?? 0
  }
  return forgotten
}

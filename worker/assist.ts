import type { Account } from './accounts/account.ts'
import { type Db, dataOf, noCost } from './db.ts'
import type { AppContext } from './http.ts'
import { log } from './http.ts'
import { evaluateStale } from './evaluate.ts'
import { askAssistant, assist, assisted } from './sentiment/assist.ts'
import type { KeptSentiment } from './sentiment/kept.ts'
import { openScorer } from './sentiment/scorer.ts'
import { replaceSentiment } from './sentiment/store.ts'

/** A message whose mood is uncertain, with its words, for as long as the request lasts. */
interface Uncertain {
  id: string
  ticket: string
  text: string
  kept: KeptSentiment
}

/** Scores the messages of one request, and remembers those to ask about where the account allows it. */
export async function openScoring(db: Db, account: Account) {
  const score = await openScorer(db, account.id)
  const uncertain: Uncertain[] = []
  return {
    uncertain,
    scoreOf({ id, ticketId, text }: { id: string; ticketId: string; text: string }): string | null {
      const kept = score(text)
      if (kept === null) return null
      const asks = account.settings.assistedSentiment && uncertain.length < assist.most
      if (asks && kept.uncertain === true) uncertain.push({ id, ticket: ticketId, text, kept })
      return JSON.stringify(kept)
    },
  }
}

/** After the answer, shows uncertain messages to the language model, where there is one and the account says so. */
export function assistSoon(c: AppContext, uncertain: readonly Uncertain[]): void {
  const assistant = c.env.AI
  const account = c.get('account')
  if (assistant === undefined || uncertain.length === 0) return
  const db = dataOf(c.env, account.shard, noCost())
  const work = uncertain.map(async ({ id, ticket, text, kept }) => {
    const label = await askAssistant(assistant, text)
    if (label === null) return
    const [before, after] = [JSON.stringify(kept), JSON.stringify(assisted(kept, label))]
    await db.batch(replaceSentiment(account.id, { id, ticket, before, after }, c.get('now')))
  })
  c.executionCtx.waitUntil(
    Promise.all(work)
      .then(() => evaluateStale(db, account, c.get('now')))
      .catch((error: unknown) => {
        const name = error instanceof Error ? error.name : 'unknown'
        log({ level: 'error', job: 'assist', account: account.id, error: name })
      }),
  )
}

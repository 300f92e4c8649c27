import { Hono } from 'hono'
import { saveAccount } from '../accounts/store.ts'
import { needs } from '../auth/access.ts'
import type { AppEnv } from '../http.ts'
import { valid } from '../http.ts'
import { parseDay } from '../time.ts'
import { ratesInput } from './rate.ts'
import { selectNewRates, storeRates } from './store.ts'

export const rates = new Hono<AppEnv>().put(
  '/v1/rates',
  needs('admin', 'Store exchange rates by day'),
  valid('json', ratesInput),
  async (c) => {
    const account = c.get('account')
    const days = c.req.valid('json').map((rate) => ({ ...rate, day: parseDay(rate.day) ?? 0 }))
    const found = await c.get('db').first<{ fresh: number }>(selectNewRates(account.id, days))
    const changed = found?.fresh ?? 0
    // Amounts of past days may change with a rate, so every card and column is stale. That is noted first: whoever
    // stops in between makes everything again for nothing, but never shows old amounts.
    if (changed > 0) {
      await c.get('control').all(saveAccount({ ...account, revision: account.revision + 1 }))
      await c.get('db').batch([storeRates(account.id, days)])
    }
    return c.json({ received: days.length, changed, unchanged: days.length - changed }, 200)
  },
)

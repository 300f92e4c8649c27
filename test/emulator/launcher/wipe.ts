import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

const mark = (state: string) => join(state, 'wiped.done')

/**
 * Rewrites the databases of a state that is at rest when somebody was erased since the last time: deleted rows leave
 * their bytes in free pages and in the log until something overwrites them. Answers how many were rewritten.
 */
export function wipeErased(state: string): number {
  const since = statSync(mark(state), { throwIfNoEntry: false })?.mtimeMs ?? 0
  let latest = 0
  let rewritten = 0
  for (const file of readdirSync(state, { recursive: true, withFileTypes: true })) {
    if (!file.isFile() || !file.name.endsWith('.sqlite')) continue
    const database = new DatabaseSync(join(file.parentPath, file.name))
    try {
      const erased = lastErasure(database)
      if (erased <= since) continue
      database.exec('VACUUM')
      database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
      latest = Math.max(latest, erased)
      rewritten += 1
    } finally {
      database.close()
    }
  }
  if (latest > 0) {
    if (!existsSync(mark(state))) writeFileSync(mark(state), '')
    utimesSync(mark(state), latest / 1_000, latest / 1_000)
  }
  return rewritten
}

/** Instant of the latest erasure in a database (epoch ms); 0 where there is none. */
function lastErasure(database: DatabaseSync): number {
  const table = database
    .prepare(`SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'erasures'`)
    .get()
  if (table === undefined) return 0
  return Number(database.prepare('SELECT coalesce(max(at), 0) AS at FROM erasures').get()?.['at'])
}

import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Miniflare } from 'miniflare'

type Database = Awaited<ReturnType<Miniflare['getD1Database']>>

/** The table and columns that `wrangler d1 migrations apply` uses, so that both tools agree. */
const table = `CREATE TABLE IF NOT EXISTS "d1_migrations"(
  id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE,
  applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL)`

/** Applies what is not applied yet, each file in one transaction; returns the names of these files. */
export async function migrate(database: Database, folder: string): Promise<string[]> {
  await database.prepare(table).run()
  const known = await database.prepare('SELECT name FROM d1_migrations').all<{ name: string }>()
  const applied = new Set(known.results.map((row) => row.name))
  const wanted = readdirSync(folder)
    .filter((name) => name.endsWith('.sql') && !applied.has(name))
    .toSorted((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))
  for (const name of wanted) {
    const statements = splitStatements(readFileSync(join(folder, name), 'utf8'))
    await database.batch([
      ...statements.map((text) => database.prepare(text)),
      database.prepare('INSERT INTO d1_migrations (name) VALUES (?)').bind(name),
    ])
  }
  return wanted
}

/** Comments and quoted texts are whole; a trigger's body ends at its END. */
const token =
  /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|\bCREATE\s+(?:TEMP\w*\s+)?TRIGGER\b[\s\S]*?\bEND\s*(?=;)|[;]|[^;'"\-/\w]+|\w+|./gi

/** The statements of an SQL file, without comments and closing semicolons. */
export function splitStatements(text: string): string[] {
  const statements: string[] = []
  let current = ''
  for (const [part] of text.matchAll(token)) {
    if (part === ';') {
      statements.push(current)
      current = ''
    } else if (!part.startsWith('--') && !part.startsWith('/*')) {
      current += part
    }
  }
  return [...statements, current].map((one) => one.trim()).filter((one) => one !== '')
}

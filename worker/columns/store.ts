import { join, type Sql, sql } from '../sql.ts'
import { decode, encode, FORMAT, type Tree } from './codec.ts'
import { directoryEntry, fits, type Held } from './directory.ts'

/** The one row that lists the ranges held. */
const directory = (account: number) =>
  sql`account = ${account} AND first = -1 AND slice = 'ranges' AND part = 0`

export function selectDirectory(account: number): Sql {
  return sql`SELECT body FROM chunks WHERE ${directory(account)}`
}

/** Replaces the directory unless it has changed since it was read as `before`. */
export function replaceDirectory(account: number, before: string, after: string): Sql {
  return sql`UPDATE chunks SET body = ${after} WHERE ${directory(account)} AND body = ${before}`
}

/** A row of a chunk; no body where the reader has it already. */
export interface ChunkRow {
  slice: string
  part: number
  parts: number
  version: string
  body: string | null
}

/** Terms that D1 allows in one compound SELECT. */
const TERMS = 5

/**
 * Statements that read all parts of some slices of a range, without the bodies of the slices `known` in this very
 * version. Each part is found by its whole key: one row read, where a list of keys would cost three.
 */
export function selectChunks(
  account: number,
  { first, version, parts }: Held,
  slices: readonly string[],
  known: ReadonlySet<string>,
): Sql[] {
  const terms = slices.flatMap((slice) =>
    Array.from({ length: parts[slice] ?? 1 }, (_, part) => {
      const body = known.has(slice)
        ? sql`CASE WHEN version = ${version} THEN NULL ELSE body END AS body`
        : sql`body`
      return sql`SELECT slice, part, parts, version, ${body} FROM chunks WHERE account = ${account}
        AND first = ${first} AND slice = ${slice} AND part = ${part}`
    }),
  )
  const statements: Sql[] = []
  for (let at = 0; at < terms.length; at += TERMS) {
    statements.push(join(terms.slice(at, at + TERMS), sql` UNION ALL `, sql``))
  }
  return statements
}

/** All parts of all slices of a range. */
export function selectRange(account: number, first: number): Sql {
  return sql`SELECT slice, part, parts, version, body FROM chunks
    WHERE account = ${account} AND first = ${first}`
}

/** The slices of one writing, by name. */
export interface Chunks {
  version: string
  slices: Map<string, Tree>
}

/**
 * The slices in rows; those without a body come from `known`. Null when a slice is incomplete or damaged, or not
 * all are of one writing with these settings.
 */
export function readChunks(
  rows: readonly ChunkRow[],
  revision: number,
  known: (slice: string, version: string) => Tree | undefined = () => undefined,
): Chunks | null {
  const version = rows[0]?.version ?? ''
  if (!fits(version, revision) || rows.some((row) => row.version !== version)) return null
  const slices = new Map<string, Tree>()
  for (const [slice, unsorted] of Map.groupBy(rows, (row) => row.slice)) {
    const parts = unsorted.toSorted((a, b) => a.part - b.part)
    if (parts.length !== parts[0]?.parts) return null
    const bodies = parts.flatMap(({ body }) => body ?? [])
    const tree = bodies.length === 0 ? known(slice, version) : decode(bodies)
    if (tree === undefined || tree === null) return null
    slices.set(slice, tree)
  }
  return { version, slices }
}

/**
 * Statements that write a range, one transaction: nothing happens when the columns have seen as much of the
 * journal already, or when entries that its tail would need are gone. The last one returns a row if it was written.
 */
export function writeRange(
  account: number,
  range: Omit<Held, 'parts'>,
  slices: ReadonlyMap<string, Tree>,
): Sql[] {
  const { first, seq, revision, version } = range
  const path = `$."${first}"`
  const entry = (at: number) => sql`json_extract(d.body, ${`${path}[${at}]`})`
  const older = sql`(${entry(1)} = ${revision} AND ${entry(0)} < ${seq})
    OR (${entry(1)} < ${revision} AND ${entry(0)} <= ${seq})`
  const guard = sql`EXISTS (SELECT 1 FROM journal WHERE account = ${account} AND seq <= ${seq})
    AND NOT EXISTS (SELECT 1 FROM chunks d WHERE d.account = ${account} AND d.first = -1
      AND d.slice = 'ranges' AND d.part = 0 AND ${entry(2)} = ${FORMAT} AND NOT (${older}))`
  const statements: Sql[] = []
  const names: string[] = []
  const several: Record<string, number> = {}
  for (const [slice, tree] of slices) {
    const bodies = encode(tree)
    if (bodies.length > 1) several[slice] = bodies.length
    bodies.forEach((body, part) => {
      names.push(`${part} ${slice}`)
      statements.push(sql`INSERT INTO chunks (account, first, slice, part, parts, version, body)
        SELECT ${account}, ${first}, ${slice}, ${part}, ${bodies.length}, ${version}, ${body}
        WHERE ${guard}
        ON CONFLICT (account, first, slice, part) DO UPDATE SET parts = excluded.parts,
          version = excluded.version, body = excluded.body`)
    })
  }
  const made = directoryEntry({ ...range, parts: several })
  return [
    ...statements,
    sql`DELETE FROM chunks WHERE account = ${account} AND first = ${first} AND ${guard}
      AND part || ' ' || slice NOT IN (SELECT value FROM json_each(${JSON.stringify(names)}))`,
    sql`INSERT INTO chunks (account, first, slice, part, parts, version, body)
      SELECT ${account}, -1, 'ranges', 0, 1, '', json_set('{}', ${path}, json(${made}))
      WHERE ${guard}
      ON CONFLICT (account, first, slice, part) DO UPDATE SET
        body = json_set(chunks.body, ${path}, json(${made}))
      RETURNING part`,
  ]
}

/** Statements that give a range up: it is read from rows until it is written again. */
export function dropRange(account: number, first: number): Sql[] {
  return [
    sql`DELETE FROM chunks WHERE account = ${account} AND first = ${first}`,
    sql`UPDATE chunks SET body = json_remove(body, ${`$."${first}"`}) WHERE ${directory(account)}`,
  ]
}

/** Lowest entry that one of the ranges held has seen, as an expression; NULL when none is held. */
export function oldestSeq(account: number, revision: number): Sql {
  return sql`(SELECT min(json_extract(e.value, '$[0]')) FROM chunks d, json_each(d.body) e
    WHERE d.account = ${account} AND d.first = -1 AND d.slice = 'ranges' AND d.part = 0
      AND json_extract(e.value, '$[1]') = ${revision} AND json_extract(e.value, '$[2]') = ${FORMAT})`
}

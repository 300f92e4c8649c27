import type { Generated } from './account.ts'

/** An answer of the API; text bodies are not JSON, as Zendesk's sometimes are. */
export interface Answer {
  status: number
  body: unknown
  headers?: Record<string, string>
}

export const ok = (body: unknown): Answer => ({ status: 200, body })

export function problem(status: number, error: string, description: string): Answer {
  return { status, body: { error, description } }
}

export const missing = problem(404, 'RecordNotFound', 'Not found')

/** A list in pages by cursor (`page[size]` ≤ 100, `page[after]`), or by number up to the hundredth page. */
export function listPage<Row>(
  url: URL,
  key: string,
  rows: readonly Row[],
  idOf: (row: Row) => string | number,
): Answer {
  const query = url.searchParams
  const size = query.get('page[size]')
  if (size === null) {
    const page = Number(query.get('page') ?? 1)
    const most = Math.min(100, Number(query.get('per_page') ?? 100))
    if (page > 100) return problem(400, 'InvalidPaginationDepth', 'Page 100 is the last one.')
    const shown = rows.slice((page - 1) * most, page * most)
    const next = new URL(url)
    next.searchParams.set('page', String(page + 1))
    const more = page * most < rows.length
    return ok({ [key]: shown, count: rows.length, next_page: more ? next.href : null })
  }
  const count = Number(size)
  if (!Number.isInteger(count) || count < 1 || count > 100) {
    return problem(400, 'InvalidPaginationParameter', 'page[size] is 1 to 100')
  }
  const after = query.get('page[after]')
  let start = 0
  if (after !== null) {
    const id = Buffer.from(after, 'base64url').toString()
    start = rows.findIndex((row) => String(idOf(row)) === id) + 1
    if (start === 0) return problem(400, 'InvalidCursor', 'The cursor is not valid.')
  }
  const shown = rows.slice(start, start + count)
  const last = shown.at(-1)
  const cursor = last === undefined ? null : Buffer.from(String(idOf(last))).toString('base64url')
  const more = start + count < rows.length
  const next = new URL(url)
  if (cursor !== null) next.searchParams.set('page[after]', cursor)
  return ok({
    [key]: shown,
    meta: { has_more: more, after_cursor: cursor, before_cursor: null },
    links: { next: more ? next.href : null, prev: null },
  })
}

/** Seconds of an export that are not told yet. */
const unseen = 60

/** Rows in the order in which the system wrote them; the maps of an account are kept in it. */
const sorted = new WeakMap<
  object,
  { version: string; rows: readonly Generated<{ id: number }>[] }
>()

function inOrder<Row extends { id: number }>(
  map: ReadonlyMap<number, Generated<Row>>,
): readonly Generated<Row>[] {
  const last = [...map.keys()].at(-1)
  const version = `${map.size} ${last} ${last === undefined ? 0 : map.get(last)?.at}`
  const known = sorted.get(map)
  if (known?.version === version) return known.rows as readonly Generated<Row>[]
  const rows = [...map.values()].toSorted((a, b) => a.at - b.at || a.row.id - b.row.id)
  sorted.set(map, { version, rows })
  return rows
}

/** An incremental export by cursor: all rows written since, but those of the last minute. */
export function exportPage<Row extends { id: number }>(
  url: URL,
  key: string,
  map: ReadonlyMap<number, Generated<Row>>,
  now: number,
  more: (rows: readonly Row[]) => Record<string, unknown> = () => ({}),
): Answer {
  const query = url.searchParams
  const size = Number(query.get('per_page') ?? 1_000)
  if (!Number.isInteger(size) || size < 1 || size > 1_000) {
    return problem(400, 'InvalidValue', 'per_page is 1 to 1000')
  }
  const given = query.get('cursor')
  const begin = query.get('start_time')
  let place: readonly [number, number]
  if (given !== null) {
    const [at, id] = Buffer.from(given, 'base64url').toString().split('|').map(Number)
    if (at === undefined || id === undefined || Number.isNaN(at + id)) {
      return problem(400, 'InvalidCursor', 'The cursor is not valid.')
    }
    place = [at, id]
  } else {
    const start = Number(begin)
    if (begin === null || !Number.isInteger(start)) {
      return problem(400, 'StartTimeMissing', 'start_time is required')
    }
    if (start > now / 1_000 - unseen) {
      return problem(
        422,
        'StartTimeTooRecent',
        'Too recent start_time. Use a start_time older than 60 seconds',
      )
    }
    place = [start, -1]
  }
  const rows = inOrder(map)
  const last = now / 1_000 - unseen
  const [at, id] = place
  const from = firstAfter(rows, at, id)
  const shown: Generated<Row>[] = []
  for (let k = from; k < rows.length && shown.length < size; k += 1) {
    const row = rows[k]
    if (row === undefined || row.at > last) break
    shown.push(row)
  }
  const end = shown.at(-1)
  const after = end === undefined ? [at, id] : [end.at, end.row.id]
  const cursor = Buffer.from(after.join('|')).toString('base64url')
  const next = new URL(url)
  next.searchParams.delete('start_time')
  next.searchParams.set('cursor', cursor)
  const upcoming = rows[from + shown.length]
  return ok({
    [key]: shown.map(({ row }) => row),
    ...more(shown.map(({ row }) => row)),
    after_cursor: cursor,
    after_url: next.href,
    before_cursor: null,
    before_url: null,
    end_of_stream: upcoming === undefined || upcoming.at > last,
  })
}

function firstAfter<Row extends { id: number }>(
  rows: readonly Generated<Row>[],
  at: number,
  id: number,
): number {
  let [low, high] = [0, rows.length]
  while (low < high) {
    const middle = (low + high) >> 1
    const row = rows[middle]
    if (row !== undefined && (row.at < at || (row.at === at && row.row.id <= id))) low = middle + 1
    else high = middle
  }
  return low
}

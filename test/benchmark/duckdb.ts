import { benchOrders } from './orders.ts'

/** The part of DuckDB's interface that is used; the package is not a dependency. */
export interface Connection {
  run(sql: string): Promise<unknown>
  runAndReadAll(sql: string): Promise<{ getRows(): unknown[][] }>
  closeSync(): void
}

interface Duck {
  DuckDBInstance: {
    create(
      path: string,
      options: { threads: string },
    ): Promise<{ connect(): Promise<Connection>; closeSync(): void }>
  }
}

/** DuckDB, or null and a line in the name of a benchmark: `npm install --no-save @duckdb/node-api` brings it. */
export async function loadDuckDb(benchmark: string): Promise<Duck | null> {
  const name = '@duckdb/node-api'
  const duck: Duck | null = await import(name).catch(() => null)
  if (duck === null) {
    console.log(`${benchmark}: no DuckDB here; npm install --no-save ${name} brings it`)
  }
  return duck
}

const counted = "status = 'paid'"
const expiry = (months: number) =>
  `CAST(date_diff('day', DATE '1970-01-01', DATE '1970-01-01' + day + INTERVAL ${months} MONTH) AS INTEGER)`

/** Sizes by day from changes per customer and day, for a condition on their running sum. */
function sizes(changes: string, condition: (value: string) => string): string {
  return `WITH ev AS (${changes}),
    s AS (SELECT c, day, sum(d) AS d FROM ev GROUP BY c, day),
    r AS (SELECT c, day, sum(d) OVER (PARTITION BY c ORDER BY day) AS v FROM s),
    m AS (SELECT day, CAST(${condition('v')} AS INTEGER) - coalesce(CAST(${condition(
      'lag(v) OVER (PARTITION BY c ORDER BY day)',
    )} AS INTEGER), 0) AS change FROM r),
    t AS (SELECT day, sum(change) AS change FROM m GROUP BY day)
    SELECT day, sum(change) OVER (ORDER BY day) AS size FROM t ORDER BY day`
}

const windowed = (months: number, amount: string) =>
  `SELECT c, day, ${amount} AS d FROM o WHERE ${counted}
   UNION ALL SELECT c, ${expiry(months)}, -${amount} FROM o WHERE ${counted}`

/**
 * VIP: on each day the line is the value of the last of the best tenth, by quantile over all customers with an
 * order; whoever reaches it is in.
 */
const vip = `WITH s AS (SELECT c, day, sum(total) AS d FROM o WHERE ${counted} GROUP BY c, day),
    v AS (SELECT c, day, sum(d) OVER (PARTITION BY c ORDER BY day) AS v,
      lead(day, 1, (SELECT max(day) + 1 FROM s)) OVER (PARTITION BY c ORDER BY day) AS stop FROM s),
    e AS (SELECT unnest(range(day, stop)) AS day, CAST(v AS BIGINT) AS v FROM v),
    l AS (SELECT day, -quantile_disc(-v, 0.1) AS line FROM e GROUP BY day)
    SELECT e.day, count(*) AS size FROM e JOIN l ON e.day = l.day AND e.v >= l.line GROUP BY e.day ORDER BY e.day`

/** The benchmark's rules as set-based SQL, in the order of the benchmark. */
const histories = [
  ...[1, 2, 3, 5].map((least) => sizes(windowed(12, '1'), (v) => `${v} >= ${least}`)),
  sizes(`SELECT c, day, total AS d FROM o WHERE ${counted}`, (v) => `${v} >= 50000`),
  sizes(windowed(6, 'total'), (v) => `${v} >= 20000`),
  sizes(
    `SELECT c, min(day) AS day, 1 AS d FROM o WHERE ${counted} GROUP BY c
     UNION ALL SELECT c, ${expiry(3)}, -1 FROM (SELECT c, min(day) AS day FROM o WHERE ${counted} GROUP BY c)`,
    (v) => `${v} >= 1`,
  ),
  `WITH n AS (SELECT DISTINCT c, day FROM o WHERE ${counted}),
    g AS (SELECT c, day + 180 AS start, lead(day) OVER (PARTITION BY c ORDER BY day) AS stop FROM n),
    m AS (SELECT start AS day, 1 AS d FROM g WHERE stop IS NULL OR stop > start
      UNION ALL SELECT stop, -1 FROM g WHERE stop > start),
    t AS (SELECT day, sum(d) AS d FROM m GROUP BY day)
    SELECT day, sum(d) OVER (ORDER BY day) AS size FROM t ORDER BY day`,
  vip,
  sizes(windowed(12, '1'), (v) => `${v} >= 2`),
]

const instances = (
  property: string,
) => `SELECT json_extract_string(props, '$.${property}') AS value,
  count(DISTINCT c), count(*), sum(total) FROM o WHERE ${counted} GROUP BY 1 ORDER BY 4 DESC`

export interface DuckAnswers {
  /** CPU milliseconds of the histories together, and of instances by 8 and by 60 values. */
  histories: number
  few: number
  many: number
  /** Size on the given day, by history. */
  sizes: number[]
  /** Customers, orders and value of the first value. */
  first: number[]
}

/**
 * The same questions by DuckDB on one thread, over the same orders, in memory. Null when the package is not there.
 */
export async function askDuckDb(count: number, day: number): Promise<DuckAnswers | null> {
  const duck = await loadDuckDb('segments')
  if (duck === null) return null
  const instance = await duck.DuckDBInstance.create(':memory:', { threads: '1' })
  const connection: Connection = await instance.connect()
  await connection.run(
    'CREATE TABLE o (c INTEGER, day INTEGER, status VARCHAR, total BIGINT, props VARCHAR)',
  )
  let rows: string[] = []
  const flush = async () => {
    if (rows.length > 0) await connection.run(`INSERT INTO o VALUES ${rows.join(',')}`)
    rows = []
  }
  for (const order of benchOrders(count)) {
    const at = Math.floor(Date.parse(order.placedAt) / 86_400_000)
    const props = JSON.stringify(order.properties)
    rows.push(`(${order.customer.id.slice(6)},${at},'${order.status}',${order.total},'${props}')`)
    if (rows.length === 5_000) await flush()
  }
  await flush()
  const timed = async (sql: string) => {
    const before = process.cpuUsage()
    const result = (await connection.runAndReadAll(sql)).getRows()
    const { user, system } = process.cpuUsage(before)
    return { result, ms: (user + system) / 1_000 }
  }
  const found: number[] = []
  let total = 0
  for (const sql of histories) {
    const { result, ms } = await timed(sql)
    total += ms
    const last = result.filter(([at]) => Number(at) <= day).at(-1)
    found.push(Number(last?.[1] ?? 0))
  }
  const few = await timed(instances('source'))
  const many = await timed(instances('campaign'))
  const first = (few.result[0] ?? []).slice(1).map(Number)
  return { histories: total, few: few.ms, many: many.ms, sizes: found, first }
}

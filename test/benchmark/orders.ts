/** Order records of a synthetic shop: the same for the same arguments. */
export interface BenchOrder {
  id: string
  channel: string
  customer: { id: string }
  placedAt: string
  status: 'paid' | 'cancelled'
  currency: 'GBP'
  total: number
  properties: Record<string, string>
  lines: { sku: string; title: string; quantity: number; total: number }[]
}

const channels = ['web', 'market', 'messenger']
const start = Date.UTC(2023, 0, 1)
const span = 1_096 * 86_400_000

/** Numbers in [0, 1), by the generator mulberry32. */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** `count` orders of about a fifth as many customers over three years, in order of time; a few buy very often. */
export function* benchOrders(count: number, seed = 7): Generator<BenchOrder> {
  const random = randomOf(seed)
  const people = Math.ceil(count / 5)
  for (let i = 0; i < count; i += 1) {
    const customer = Math.floor(people * random() ** 1.6)
    const total = 500 + Math.floor(random() ** 3 * 40_000)
    const line = Math.floor(random() * 12)
    yield {
      id: `bench:${i}`,
      channel: channels[Math.floor(random() * 3)] ?? 'web',
      customer: { id: `bench:${customer}` },
      placedAt: new Date(start + Math.floor((span * i) / count)).toISOString(),
      status: random() < 0.05 ? 'cancelled' : 'paid',
      currency: 'GBP',
      total,
      properties: {
        campaign: `c${Math.floor(random() * 60)}`,
        source: `s${Math.floor(random() * 8)}`,
      },
      lines: [{ sku: `sku-${line}`, title: `Product ${line}`, quantity: 1, total }],
    }
  }
}

/** NDJSON bodies of at most `lines` records. */
export function* bodies(
  orders: Iterable<BenchOrder>,
  lines: number,
): Generator<{ text: string; lines: number }> {
  let text: string[] = []
  for (const order of orders) {
    text.push(JSON.stringify(order))
    if (text.length === lines) {
      yield { text: `${text.join('\n')}\n`, lines }
      text = []
    }
  }
  if (text.length > 0) yield { text: `${text.join('\n')}\n`, lines: text.length }
}

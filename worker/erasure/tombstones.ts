/** What a tombstone is asked about: the keys of a fact's owner or ticket, and when the fact began (epoch ms). */
export interface Traces {
  keys: readonly string[]
  /** Facts of a later date are a new acquaintance; null: there is no later date. */
  at: number | null
}

/** Key of a ticket, beside the keys of people. */
export const ticketKey = (id: string) => `ticket:${id}`

/** SHA-256 of a key of an account, in hex: it says that a key was erased, not which. */
async function hashOf(account: number, key: string): Promise<string> {
  const bytes = new TextEncoder().encode(`rapport erased ${account} ${key}`)
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Hashes of keys, each key once. */
export async function hashesOf(
  account: number,
  keys: Iterable<string>,
): Promise<Map<string, string>> {
  const unique = [...new Set(keys)]
  const hashes = await Promise.all(unique.map((key) => hashOf(account, key)))
  return new Map(unique.map((key, index) => [key, hashes[index] ?? '']))
}

/** True when one of the keys was erased at or after the fact began. `erased`: instants by key. */
export function isErased({ keys, at }: Traces, erased: ReadonlyMap<string, number>): boolean {
  return keys.some((key) => {
    const when = erased.get(key)
    return when !== undefined && (at === null || at <= when)
  })
}

/** Counts per position with fast changes and fast "where is the n-th": a binary indexed tree, positions from 0. */
export interface Fenwick {
  readonly tree: Int32Array
  /** Greatest power of two ≤ size. */
  readonly top: number
}

export function fenwick(size: number): Fenwick {
  let top = 1
  while (top * 2 <= size) top *= 2
  return { tree: new Int32Array(size + 1), top }
}

export function addAt({ tree }: Fenwick, position: number, change: number): void {
  for (let at = position + 1; at < tree.length; at += at & -at) {
    tree[at] = (tree[at] ?? 0) + change
  }
}

/** Position that holds the n-th item, counted from 1 in ascending order; the items must be that many. */
export function positionOf({ tree, top }: Fenwick, n: number): number {
  let at = 0
  let rest = n
  for (let step = top; step > 0; step >>= 1) {
    const next = at + step
    if (next < tree.length && (tree[next] ?? 0) < rest) {
      at = next
      rest -= tree[next] ?? 0
    }
  }
  return at
}

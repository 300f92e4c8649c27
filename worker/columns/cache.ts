import type { Tree } from './codec.ts'

/** Decoded slices, the least recently used of which go when there are too many bytes. */
export interface Cache {
  get(key: string): Tree | undefined
  set(key: string, tree: Tree): void
}

export function cacheOf(most: number): Cache {
  const entries = new Map<string, { tree: Tree; size: number }>()
  let total = 0
  const remove = (key: string) => {
    total -= entries.get(key)?.size ?? 0
    entries.delete(key)
  }
  return {
    get(key) {
      const entry = entries.get(key)
      if (entry === undefined) return undefined
      entries.delete(key)
      entries.set(key, entry)
      return entry.tree
    },
    set(key, tree) {
      remove(key)
      const size = sizeOf(tree)
      if (size > most / 2) return
      entries.set(key, { tree, size })
      total += size
      for (const oldest of entries.keys()) {
        if (total <= most) break
        remove(oldest)
      }
    },
  }
}

/** Bytes a tree takes in memory, roughly. */
function sizeOf(tree: Tree): number {
  if (typeof tree === 'string') return 24 + tree.length
  if (typeof tree !== 'object' || tree === null) return 8
  if (ArrayBuffer.isView(tree)) return 100 + tree.byteLength
  let size = 32
  for (const [name, one] of Object.entries(tree)) {
    size += Array.isArray(tree) ? sizeOf(one) : name.length + sizeOf(one)
  }
  return size
}

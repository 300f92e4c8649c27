/** Keeps the greatest of a set of numbers that come, change and go: leaves in a binary tree, the best at the root. */
export interface Tournament {
  nodes: Float64Array
  leaves: number
}

export function tournament(): Tournament {
  return { nodes: new Float64Array(2), leaves: 1 }
}

/** Empties it and makes room for `count` numbers. */
export function resetTournament(it: Tournament, count: number): void {
  let leaves = 1
  while (leaves < count) leaves *= 2
  if (it.nodes.length < leaves * 2) it.nodes = new Float64Array(leaves * 2)
  it.leaves = leaves
  it.nodes.fill(-Infinity, 0, leaves * 2)
}

/** Sets number `index`; −Infinity takes it out. */
export function setLeaf({ nodes, leaves }: Tournament, index: number, value: number): void {
  let at = leaves + index
  nodes[at] = value
  while (at > 1) {
    at >>= 1
    nodes[at] = Math.max(nodes[at * 2] ?? -Infinity, nodes[at * 2 + 1] ?? -Infinity)
  }
}

/** The greatest; −Infinity when there is none. */
export function greatest({ nodes }: Tournament): number {
  return nodes[1] ?? -Infinity
}

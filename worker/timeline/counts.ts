/**
 * Counts per position, with sums of blocks and of blocks of blocks: a change is three additions, "which position
 * holds the n-th" a short scan of each level.
 */
export interface Counts {
  readonly ones: Int32Array
  readonly blocks: Int32Array
  readonly groups: Int32Array
}

/** Positions in a block and blocks in a group: 2^BITS. */
const BITS = 8

export function countsOf(positions: number): Counts {
  return {
    ones: new Int32Array(positions),
    blocks: new Int32Array((positions >> BITS) + 1),
    groups: new Int32Array((positions >> (2 * BITS)) + 1),
  }
}

export function addAt({ ones, blocks, groups }: Counts, position: number, change: number): void {
  ones[position] = (ones[position] ?? 0) + change
  const block = position >> BITS
  blocks[block] = (blocks[block] ?? 0) + change
  const group = block >> BITS
  groups[group] = (groups[group] ?? 0) + change
}

/** Position that holds the n-th item, counted from 1 in ascending order; there must be that many. */
export function positionOf({ ones, blocks, groups }: Counts, n: number): number {
  let rest = n
  let group = 0
  while (group < groups.length - 1 && (groups[group] ?? 0) < rest) {
    rest -= groups[group] ?? 0
    group += 1
  }
  let block = group << BITS
  while (block < blocks.length - 1 && (blocks[block] ?? 0) < rest) {
    rest -= blocks[block] ?? 0
    block += 1
  }
  let position = block << BITS
  while (position < ones.length - 1 && (ones[position] ?? 0) < rest) {
    rest -= ones[position] ?? 0
    position += 1
  }
  return position
}

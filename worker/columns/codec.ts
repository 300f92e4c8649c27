import { pack, packedSize, type Packing, packingOf, unpack } from './packing.ts'
import { fromParts, toParts } from './text.ts'

const makers = {
  i1: (length: number) => new Int8Array(length),
  u1: (length: number) => new Uint8Array(length),
  i2: (length: number) => new Int16Array(length),
  u2: (length: number) => new Uint16Array(length),
  i4: (length: number) => new Int32Array(length),
  u4: (length: number) => new Uint32Array(length),
  f4: (length: number) => new Float32Array(length),
  f8: (length: number) => new Float64Array(length),
}
type Kind = keyof typeof makers
export type Numbers =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array

/** Plain data: comes back exactly as it was, typed arrays with their type. */
export type Tree =
  | null
  | boolean
  | number
  | string
  | Numbers
  | readonly Tree[]
  | { readonly [name: string]: Tree }

/** To be raised whenever what is stored changes its layout or meaning: other formats count as absent. */
export const FORMAT = 8

/** A byte-order mark is a character like others. */
const decoder = new TextDecoder('utf-8', { fatal: false, ignoreBOM: true })

const MAGIC = 0x5243_0000
/** 32-bit words: magic + format, checksum of all that follows, bytes of the blocks, bytes of the outline. */
const HEADER = 16

/** Numbers in the blocks: kind, length, where, how. */
type NumbersNode = ['n', Kind | 'list', number, number, Packing]
/** Texts in the blocks: their sizes + 1 (0 = null), where their characters are, how many bytes these are. */
type TextsNode = ['s', NumbersNode, number, number]

/**
 * The tree as JSON; every array in it stands for something else. 'x': a number that JSON cannot write;
 * 'o': an object with names that JSON would have to escape, which V8's parser has been seen to mix up. */
type Outline =
  | null
  | boolean
  | number
  | string
  | NumbersNode
  | TextsNode
  | ['l', Outline[]]
  | ['x', string]
  | ['o', string[], Outline[]]
  | { [name: string]: Outline }

type Block = Uint8Array | { numbers: Float64Array; packing: Packing }

const align = (size: number) => Math.ceil(size / 8) * 8

const sizeOf = (block: Block) =>
  block instanceof Uint8Array
    ? align(block.length)
    : packedSize(block.packing, block.numbers.length)

function kindOf(numbers: ArrayBufferView): Kind | null {
  if (numbers instanceof Int32Array) return 'i4'
  if (numbers instanceof Float64Array) return 'f8'
  if (numbers instanceof Uint8Array) return 'u1'
  if (numbers instanceof Uint16Array) return 'u2'
  if (numbers instanceof Uint32Array) return 'u4'
  if (numbers instanceof Int8Array) return 'i1'
  if (numbers instanceof Int16Array) return 'i2'
  return numbers instanceof Float32Array ? 'f4' : null
}

/** Lists shorter than this stay in the outline. */
const SHORT = 8

function outliner() {
  const blocks: Block[] = []
  let at = 0
  const add = (block: Block) => {
    const start = at
    blocks.push(block)
    at += sizeOf(block)
    return start
  }
  const numbers = (kind: Kind | 'list', list: ArrayLike<number>): NumbersNode => {
    const doubles = list instanceof Float64Array ? list : Float64Array.from(list)
    const packing = packingOf(doubles)
    return ['n', kind, list.length, add({ numbers: doubles, packing }), packing]
  }
  const texts = (list: readonly (string | null)[]): TextsNode => {
    const sizes = Int32Array.from(list, (text) => (text === null ? 0 : text.length + 1))
    const bytes = new TextEncoder().encode(list.join(''))
    return ['s', numbers('i4', sizes), add(bytes), bytes.length]
  }
  const outline = (tree: Tree): Outline => {
    if (typeof tree === 'number') {
      if (Object.is(tree, -0)) return ['x', '-0']
      return Number.isFinite(tree) ? tree : ['x', String(tree)]
    }
    if (typeof tree !== 'object' || tree === null) return tree
    if (ArrayBuffer.isView(tree)) {
      const kind = kindOf(tree)
      if (kind === null) throw new Error('not a list of numbers that can be stored')
      return numbers(kind, tree)
    }
    if (isList(tree)) {
      if (tree.length >= SHORT && isNumbers(tree)) return numbers('list', tree)
      if (tree.length >= SHORT && isTexts(tree)) return texts(tree)
      return ['l', tree.map(outline)]
    }
    const entries = Object.entries(tree)
    if (entries.every(([name]) => /^[\w.:-]+$/.test(name))) {
      return Object.fromEntries(entries.map(([name, one]) => [name, outline(one)]))
    }
    return ['o', entries.map(([name]) => name), entries.map(([, one]) => outline(one))]
  }
  return { outline, blocks }
}

function isList(tree: Tree): tree is readonly Tree[] {
  return Array.isArray(tree)
}

function isNumbers(list: readonly Tree[]): list is readonly number[] {
  return list.every((one) => typeof one === 'number')
}

/** Texts that survive UTF-8. */
function isTexts(list: readonly Tree[]): list is readonly (string | null)[] {
  return list.every((one) => one === null || (typeof one === 'string' && one.isWellFormed()))
}

/** Four sums side by side: each waits for its own last step only. `from` and the length are multiples of 8. */
function checksum(bytes: Uint8Array, from: number): number {
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset + from, (bytes.length - from) / 4)
  let [a, b, c, d] = [0x811c_9dc5, 0x050c_5d1f, 0x9e37_79b9, 0x7f4a_7c15]
  let k = 0
  for (; k + 3 < words.length; k += 4) {
    a = Math.imul(a ^ (words[k] ?? 0), 0x0100_0193)
    b = Math.imul(b ^ (words[k + 1] ?? 0), 0x0100_0193)
    c = Math.imul(c ^ (words[k + 2] ?? 0), 0x0100_0193)
    d = Math.imul(d ^ (words[k + 3] ?? 0), 0x0100_0193)
  }
  for (; k < words.length; k += 1) a = Math.imul(a ^ (words[k] ?? 0), 0x0100_0193)
  for (const lane of [b, c, d]) a = Math.imul(a ^ lane ^ (a >>> 15), 0x0100_0193)
  return a >>> 0
}

function encodeBytes(tree: Tree): Uint8Array {
  const { outline, blocks } = outliner()
  const text = new TextEncoder().encode(JSON.stringify(outline(tree)))
  const size = blocks.reduce((sum, block) => sum + sizeOf(block), 0)
  const bytes = new Uint8Array(HEADER + size + align(text.length))
  let at = HEADER
  for (const block of blocks) {
    if (block instanceof Uint8Array) bytes.set(block, at)
    else pack(block.numbers, block.packing, bytes, at)
    at += sizeOf(block)
  }
  bytes.set(text, at)
  const words = new Uint32Array(bytes.buffer, 0, HEADER / 4)
  words.set([MAGIC + FORMAT, 0, size, text.length])
  words[1] = checksum(bytes, 8)
  return bytes
}

/** The tree in bytes; null when they are of another format or damaged. */
function decodeBytes(bytes: Uint8Array): Tree | null {
  if (bytes.length < HEADER || bytes.length % 8 !== 0 || bytes.byteOffset % 8 !== 0) return null
  const [magic, sum, size = 0, length = 0] = new Uint32Array(bytes.buffer, bytes.byteOffset, 4)
  if (magic !== MAGIC + FORMAT || bytes.length !== HEADER + size + align(length)) return null
  if (sum !== checksum(bytes, 8)) return null
  const text = decoder.decode(bytes.subarray(HEADER + size, HEADER + size + length))
  return inliner(bytes.subarray(HEADER, HEADER + size))(JSON.parse(text))
}

function inliner(blocks: Uint8Array) {
  const numbers = ([, , length, at, packing]: NumbersNode) => unpack(packing, blocks, at, length)
  const texts = ([, sizes, at, length]: TextsNode): (string | null)[] => {
    const all = decoder.decode(blocks.subarray(at, at + length))
    let from = 0
    return Array.from(numbers(sizes), (size) => {
      if (size === 0) return null
      from += size - 1
      return all.slice(from - size + 1, from)
    })
  }
  const tree = (outline: Outline): Tree => {
    if (typeof outline !== 'object' || outline === null) return outline
    if (!Array.isArray(outline)) {
      return Object.fromEntries(Object.entries(outline).map(([name, one]) => [name, tree(one)]))
    }
    switch (outline[0]) {
      case 'n': {
        const [, kind, length] = outline
        const doubles = numbers(outline)
        if (kind === 'list') return Array.from(doubles)
        if (kind === 'f8') return doubles
        const out = makers[kind](length)
        out.set(doubles)
        return out
      }
      case 's':
        return texts(outline)
      case 'x':
        return Number(outline[1])
      case 'l':
        return outline[1].map(tree)
      case 'o': {
        const [, names, values] = outline
        return Object.fromEntries(names.map((name, k) => [name, tree(values[k] ?? null)]))
      }
    }
  }
  return tree
}

/** A tree as texts that fit into values of the database. */
export function encode(tree: Tree): string[] {
  return toParts(encodeBytes(tree))
}

/** The tree in texts; null when they are of another format, damaged or not all there. */
export function decode(parts: readonly string[]): Tree | null {
  const bytes = fromParts(parts)
  return bytes === null ? null : decodeBytes(bytes)
}

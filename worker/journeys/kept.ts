import { fromParts, toParts } from '../columns/text.ts'
import { OPEN } from '../timeline/intervals.ts'
import { LOG_OPEN, type MembershipLog } from './log.ts'

/** Memberships of the persons of one range, and the columns that they were evaluated from. */
export interface KeptRange {
  readonly first: number
  /** Writing of the range: with another one they are of no use. */
  readonly version: string
  readonly persons: Int32Array
  /** First day on which anything is known of each person. */
  readonly from: Int32Array
  /** In the order of the keys. */
  readonly logs: readonly MembershipLog[]
}

/** To be raised whenever the layout below changes. */
const FORMAT = 1
/** Most memberships of one person in one log, and the longest distance of days, that have room. */
const most = { memberships: 255, days: 4_094 } as const
const NEVER = 65_535

interface Outline {
  format: number
  bytes: number
  ranges: {
    first: number
    version: string
    persons: number
    /** By log: memberships, and the day from which their days are counted. */
    logs: [memberships: number, base: number][]
  }[]
}

const even = (size: number) => size + (size % 2)

/**
 * Ranges as text in parts: an outline in JSON, then for each range the persons' ids less the first one and the first
 * days, two bytes each, and for each log the number of memberships of each person, one byte, and three bytes each of
 * them: twelve bits the day it begins, twelve bits its length, 0 where no end is known. Null when something has no
 * room in that.
 */
export function packKept(ranges: readonly KeptRange[]): string[] | null {
  const outline: Outline = { format: FORMAT, bytes: 0, ranges: [] }
  for (const { first, version, persons, logs } of ranges) {
    if ((persons.at(-1) ?? first) - first > NEVER) return null
    const bases = logs.map(({ days }) => [days.length / 2, baseOf(days)] as const)
    if (bases.some(([, base]) => base === null) || !logs.every(hasFew)) return null
    const own = bases.map(([size, base]): [number, number] => [size, base ?? 0])
    outline.ranges.push({ first, version, persons: persons.length, logs: own })
    outline.bytes += 4 * persons.length
    for (const [size] of own) outline.bytes += even(persons.length + 3 * size)
  }
  const head = new TextEncoder().encode(JSON.stringify(outline))
  const begin = 4 + even(head.length)
  const bytes = new Uint8Array(begin + outline.bytes)
  new DataView(bytes.buffer).setUint32(0, head.length)
  bytes.set(head, 4)
  let at = begin
  const words = (list: Int32Array, less: number) => {
    const room = new Uint16Array(bytes.buffer, at, list.length)
    for (let k = 0; k < list.length; k += 1) room[k] = Math.min((list[k] ?? 0) - less, NEVER)
    at += 2 * list.length
  }
  ranges.forEach(({ first, persons, from, logs }, r) => {
    words(persons, first)
    words(from, 0)
    logs.forEach((log, s) => {
      const [size = 0, base = 0] = outline.ranges[r]?.logs[s] ?? []
      writeLog(bytes.subarray(at, at + persons.length + 3 * size), log, base)
      at += even(persons.length + 3 * size)
    })
  })
  return toParts(bytes)
}

/** The first day of a log; null when a day or a length is too far for twelve bits. */
function baseOf(days: Uint16Array): number | null {
  let base = NEVER
  for (let k = 0; k < days.length; k += 2) base = Math.min(base, days[k] ?? 0)
  for (let k = 0; k < days.length; k += 2) {
    const day = days[k] ?? 0
    const left = days[k + 1] ?? 0
    if (day - base > most.days || (left !== LOG_OPEN && left - day > most.days)) return null
  }
  return base
}

function hasFew({ starts }: MembershipLog): boolean {
  for (let i = 0; i + 1 < starts.length; i += 1) {
    if ((starts[i + 1] ?? 0) - (starts[i] ?? 0) > 2 * most.memberships) return false
  }
  return true
}

function writeLog(bytes: Uint8Array, { starts, days }: MembershipLog, base: number): void {
  const count = starts.length - 1
  for (let i = 0; i < count; i += 1) bytes[i] = ((starts[i + 1] ?? 0) - (starts[i] ?? 0)) / 2
  for (let k = 0, at = count; k < days.length; k += 2, at += 3) {
    const day = (days[k] ?? 0) - base
    const left = days[k + 1] ?? 0
    const length = left === LOG_OPEN ? 0 : left - (days[k] ?? 0)
    bytes[at] = day & 255
    bytes[at + 1] = (day >> 8) | ((length & 15) << 4)
    bytes[at + 2] = length >> 4
  }
}

function readLog(bytes: Uint8Array, count: number, base: number): MembershipLog {
  const starts = new Int32Array(count + 1)
  for (let i = 0; i < count; i += 1) starts[i + 1] = (starts[i] ?? 0) + 2 * (bytes[i] ?? 0)
  const days = new Uint16Array(starts[count] ?? 0)
  for (let k = 0, at = count; k < days.length; k += 2, at += 3) {
    const middle = bytes[at + 1] ?? 0
    const day = base + ((bytes[at] ?? 0) | ((middle & 15) << 8))
    const length = (middle >> 4) | ((bytes[at + 2] ?? 0) << 4)
    days[k] = day
    days[k + 1] = length === 0 ? LOG_OPEN : day + length
  }
  return { starts, days }
}

/** What `packKept` has made; null when it is damaged, not all there, or of another format. */
export function unpackKept(parts: readonly string[]): KeptRange[] | null {
  const bytes = fromParts(parts)
  if (bytes === null || bytes.length < 4) return null
  const length = new DataView(bytes.buffer).getUint32(0)
  const begin = 4 + even(length)
  if (begin > bytes.length) return null
  const outline = outlineIn(bytes.subarray(4, 4 + length))
  if (outline?.format !== FORMAT || begin + outline.bytes !== bytes.length) return null
  let at = begin
  const words = (count: number) => {
    const list = new Uint16Array(bytes.buffer, at, count)
    at += 2 * count
    return list
  }
  return outline.ranges.map(({ first, version, persons: count, logs }) => ({
    first,
    version,
    persons: Int32Array.from(words(count), (id) => id + first),
    from: Int32Array.from(words(count), (day) => (day === NEVER ? OPEN : day)),
    logs: logs.map(([size, base]) => {
      const own = bytes.subarray(at, at + count + 3 * size)
      at += even(own.length)
      return readLog(own, count, base)
    }),
  }))
}

function outlineIn(bytes: Uint8Array): Outline | null {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return null
  }
}

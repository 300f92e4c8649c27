import type { Day } from '../time.ts'
import type { MembershipLog } from './log.ts'
import type { Movement } from './movement.ts'
import type { Period } from './period.ts'

/** How many movements took each number of days. */
interface Durations {
  counts: Int32Array
  total: number
}

/** Median of whole days by how many there are of each; null of nothing. */
function medianOf({ counts, total }: Durations): number | null {
  if (total === 0) return null
  const at = (rank: number) => {
    let seen = 0
    for (let days = 0; days < counts.length; days += 1) {
      seen += counts[days] ?? 0
      if (rank < seen) return days
    }
    return counts.length - 1
  }
  return (at(Math.floor((total - 1) / 2)) + at(Math.ceil((total - 1) / 2))) / 2
}

/** Stands for the day of a membership that there is not; later than any. */
const NEVER = 65_535

/**
 * What a period needs of one log, so that many arrows can be counted from it: as a source, the earliest membership
 * that reaches into the period; as a target, who came into it in the period and is still there on its last day.
 */
export interface View {
  readonly log: MembershipLog
  /** First day from which the memberships are known. */
  readonly from: Day
  /** The day before the first on which a source counts. */
  readonly after: Day
  /** By entry: day of joining of the first membership that lasts beyond `after`; NEVER where there is none. */
  readonly earliest: Uint16Array
  /** By entry: day of joining of the last membership that began by the end of the period; 0 where there is none. */
  readonly latest: Uint16Array
  /** Entries that joined in the period, and the days, the last of which is `last`. */
  readonly joiners: Int32Array
  readonly joined: Uint16Array
  readonly last: Day
  /** Entries that could move away, and members on the last day. */
  readonly sourceSize: number
  readonly members: number
}

/** Persons with 1 in `skip` are left out. */
export function viewOf(
  log: MembershipLog,
  period: Period,
  from: Day,
  skip: Uint8Array = new Uint8Array(),
): View {
  const { starts, days } = log
  const { from: start, to: end } = period
  const after = Math.max(start - 1, from)
  const count = starts.length - 1
  const earliest = new Uint16Array(count).fill(NEVER)
  const latest = new Uint16Array(count)
  const joiners = new Int32Array(count)
  const joined = new Uint16Array(count)
  let [came, sourceSize, members] = [0, 0, 0]
  let k = 0
  for (let i = 0; i < count; i += 1) {
    const last = starts[i + 1] ?? 0
    if (k === last) continue
    if (skip[i] === 1) {
      k = last
      continue
    }
    let first = NEVER
    let begun = 0
    let stays = false
    for (; k < last; k += 2) {
      const day = days[k] ?? 0
      const left = days[k + 1] ?? 0
      if (first === NEVER && left > after) first = day
      if (day > end) continue
      begun = day
      stays = left > end
    }
    earliest[i] = first
    latest[i] = begun
    if (first < end && after < end) sourceSize += 1
    if (!stays) continue
    members += 1
    if (begun < start || begun <= from) continue
    joiners[came] = i
    joined[came] = begun
    came += 1
  }
  return {
    log,
    from,
    after,
    earliest,
    latest,
    joiners: joiners.slice(0, came),
    joined: joined.slice(0, came),
    last: end,
    sourceSize,
    members,
  }
}

/** The latest views of a log: of a period, and of the one before. They go with the log. */
const seen = new WeakMap<MembershipLog, Map<string, View>>()
const MOST_SEEN = 2

/** `viewOf` all persons, from before where the same was asked of the same log. */
export function seenView(log: MembershipLog, period: Period, from: Day): View {
  const name = `${period.from} ${period.to} ${from}`
  const views = seen.get(log) ?? new Map<string, View>()
  const view = views.get(name) ?? viewOf(log, period, from)
  views.delete(name)
  views.set(name, view)
  for (const oldest of views.keys()) {
    if (views.size <= MOST_SEEN) break
    views.delete(oldest)
  }
  seen.set(log, views)
  return view
}

/** Adds up what `moveOf` says of each person, over views of the same persons for one period. */
export function arrowCounter() {
  const counts = { moved: 0, sameDay: 0, joinedTarget: 0, sourceSize: 0 }
  const durations: Durations = { counts: new Int32Array(64), total: 0 }
  const roomFor = (days: number): Int32Array => {
    if (days < durations.counts.length) return durations.counts
    const room = new Int32Array(days + 1)
    room.set(durations.counts)
    durations.counts = room
    return room
  }
  return {
    add(source: View, target: View): void {
      const { earliest, latest, after, from } = source
      const { starts, days } = source.log
      const { joiners, joined } = target
      const took = roomFor(Math.max(0, target.last - from))
      let moved = 0
      let timed = 0
      let sameDay = 0
      for (let n = 0; n < joiners.length; n += 1) {
        const i = joiners[n] ?? 0
        const j = joined[n] ?? 0
        const first = earliest[i] ?? NEVER
        if (first < j && after < j) {
          moved += 1
          let last = latest[i] ?? 0
          for (let k = (starts[i + 1] ?? 0) - 2; last >= j; k -= 2) last = days[k] ?? 0
          if (last > from) {
            took[j - last] = (took[j - last] ?? 0) + 1
            timed += 1
          }
        } else if (after < j) {
          // A membership from that day on lasts beyond `after`, and none before it does.
          if (first === j) sameDay += 1
        } else {
          for (let k = starts[i] ?? 0; k < (starts[i + 1] ?? 0); k += 2) {
            if (days[k] === j) sameDay += 1
          }
        }
      }
      durations.total += timed
      counts.moved += moved
      counts.sameDay += sameDay
      counts.joinedTarget += joiners.length
      counts.sourceSize += source.sourceSize
    },
    finish(): Movement {
      return { ...counts, medianDays: medianOf(durations), n: durations.total }
    },
  }
}

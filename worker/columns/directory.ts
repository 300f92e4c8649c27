import { FORMAT } from './codec.ts'

/** A range of persons that is held in columns. */
export interface Held {
  /** Id of its first possible person. */
  readonly first: number
  /** Whoever of it is journaled after this entry is in its tail. */
  readonly seq: number
  /** Which settings of the account its days and amounts were made with. */
  readonly revision: number
  readonly version: string
  /** Slices that have more parts than one. */
  readonly parts: Readonly<Record<string, number>>
}

/** The ranges that a directory names and that can be used with these settings. */
export function readDirectory(body: string | null, revision: number): Map<number, Held> {
  const held = new Map<number, Held>()
  const entries: Record<string, unknown> = body === null ? {} : JSON.parse(body)
  for (const [key, entry] of Object.entries(entries)) {
    const [seq, made, format, version, parts] = Array.isArray(entry) ? entry : []
    const first = Number(key)
    if (made !== revision || format !== FORMAT) continue
    if (typeof seq === 'number' && typeof version === 'string') {
      held.set(first, { first, seq, revision, version, parts: parts ?? {} })
    }
  }
  return held
}

/** The entry of a range in a directory. */
export function directoryEntry({ seq, revision, version, parts }: Held): string {
  return JSON.stringify([seq, revision, FORMAT, version, parts])
}

/** A directory with later seqs for some of its ranges; all else stays. */
export function laterDirectory(body: string, ranges: readonly Held[]): string {
  const entries: Record<string, unknown> = JSON.parse(body)
  for (const range of ranges) entries[range.first] = JSON.parse(directoryEntry(range))
  return JSON.stringify(entries)
}

/** Names a writing of a range at an instant (epoch ms). */
export function versionOf(revision: number, seq: number, now: number): string {
  return `${FORMAT}/${revision}/${seq}/${now}`
}

/** True when a writing has our format and was made with these settings. */
export function fits(version: string, revision: number): boolean {
  return version.startsWith(`${FORMAT}/${revision}/`)
}

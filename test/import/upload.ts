import { type Outcome, conversion } from './convert.ts'
import type { ImportMap } from './maps/map.ts'
import { type Problem, missingColumns } from './reader.ts'
import { type Progress, type Summary, noProgress, readProgress, writeProgress } from './resume.ts'
import type { CsvFile } from './rows.ts'
import { ImportError, type Target, send } from './send.ts'

/** A body holds at most so many records and characters: far below the 20 MB that the interface takes. */
const bodyRecords = 2000
const bodyCharacters = 4_000_000

const errorsKept = 20

/** Reading is so much of the work when records can only be sent after it. */
const readingShare = 0.2
const rowsBetweenReports = 20_000

export interface Upload {
  file: CsvFile
  map: ImportMap
  target: Target
  /** Names the job: progress of another job does not count. */
  job: string
  resumeFile: string
  /** Told after each body, and now and then while rows are gathered; `fraction` is of the whole work. */
  onProgress(fraction: number, summary: Summary): void
}

export interface Result extends Summary {
  /** Rows of the file that the map does not want. */
  leftOut: number
  /** Records that an earlier, interrupted run had sent. */
  resumed: number
}

interface Body {
  lines: string[]
  /** Line of the file at which each record begins. */
  at: number[]
  characters: number
  problems: Problem[]
}

const emptyBody = (): Body => ({ lines: [], at: [], characters: 0, problems: [] })

function keep(errors: readonly Problem[], more: readonly Problem[]): Problem[] {
  return [...errors, ...more].slice(0, errorsKept)
}

/**
 * Sends the records of a file in bodies, one after the other, and remembers after each how far it
 * came. A body that was answered but not remembered is sent twice: ingest is idempotent.
 */
export async function upload(options: Upload): Promise<Result> {
  const { file, map, target } = options
  const missing = missingColumns(map, file.header)
  if (missing.length > 0) {
    throw new ImportError(
      `The file has no column ${missing.join(', ')}. It has ${file.header.join(', ') || 'none'}.`,
    )
  }
  const run = conversion(map, file.header)
  const before = readProgress(options.resumeFile, options.job)
  let progress: Progress = { ...noProgress(options.job), summary: before.summary }
  const gathers = map.group.length > 0
  let taken = 0
  let total = 0
  let body = emptyBody()

  const report = (): void => {
    const read = file.fraction() * (gathers ? readingShare : 1)
    const sent = total === 0 ? 0 : (taken / total) * (1 - readingShare)
    options.onProgress(read + sent, progress.summary)
  }

  const flush = async (): Promise<void> => {
    const { lines, at, problems } = body
    body = emptyBody()
    const receipt = lines.length === 0 ? null : await send(target, map.kind, lines)
    const rejected = (receipt?.errors ?? []).map(({ line, path, message }): Problem => ({
      line: at[(line ?? 1) - 1] ?? 0,
      column: run.columnOf(path),
      message,
    }))
    const { summary } = progress
    progress = {
      job: options.job,
      taken,
      summary: {
        received: summary.received + lines.length + problems.length,
        changed: summary.changed + (receipt?.changed ?? 0),
        unchanged: summary.unchanged + (receipt?.unchanged ?? 0),
        rejected: summary.rejected + (receipt?.rejected ?? 0) + problems.length,
        errors: keep(summary.errors, [...problems, ...rejected]),
      },
    }
    writeProgress(options.resumeFile, progress)
    report()
  }

  const take = async (outcomes: Iterable<Outcome>): Promise<void> => {
    for (const outcome of outcomes) {
      taken += 1
      if (taken <= before.taken) continue
      if ('problem' in outcome) body.problems.push(outcome.problem)
      else {
        const line = JSON.stringify(outcome.record)
        body.lines.push(line)
        body.at.push(outcome.line)
        body.characters += line.length + 1
      }
      if (body.lines.length >= bodyRecords || body.characters >= bodyCharacters) await flush()
    }
  }

  let rows = 0
  for await (const row of file.rows) {
    await take(run.push(row))
    rows += 1
    if (gathers && rows % rowsBetweenReports === 0) report()
  }
  total = run.waiting()
  await take(run.end())
  if (body.lines.length > 0 || body.problems.length > 0) await flush()
  return { ...progress.summary, leftOut: run.leftOut(), resumed: before.taken }
}

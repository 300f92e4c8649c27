import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import * as z from 'zod'

const summary = z.object({
  received: z.number(),
  changed: z.number(),
  unchanged: z.number(),
  rejected: z.number(),
  errors: z.array(z.object({ line: z.number(), column: z.string(), message: z.string() })),
})

/** What came of the records so far, the first errors among them. */
export type Summary = z.infer<typeof summary>

const state = z.object({ job: z.string(), taken: z.number(), summary })

/** How far an import came: records taken from the file and answered for. */
export type Progress = z.infer<typeof state>

export function noProgress(job: string): Progress {
  return {
    job,
    taken: 0,
    summary: { received: 0, changed: 0, unchanged: 0, rejected: 0, errors: [] },
  }
}

/** Reads the progress of the same job; an absent, broken or other job's file means none. */
export function readProgress(file: string, job: string): Progress {
  try {
    const found = state.parse(JSON.parse(readFileSync(file, 'utf8')))
    return found.job === job ? found : noProgress(job)
  } catch {
    return noProgress(job)
  }
}

/** Writes the progress whole or not at all. */
export function writeProgress(file: string, progress: Progress): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(`${file}.new`, JSON.stringify(progress))
  renameSync(`${file}.new`, file)
}

export function forgetProgress(file: string): void {
  rmSync(file, { force: true })
}

import { randomUUID } from 'node:crypto'
import type { ZJob, ZResult } from './objects.ts'

/** Jobs that wait or run at once; another one is refused. */
const most = 30

interface Waiting {
  job: ZJob
  dueAt: number
  rows: number
  run: (index: number) => ZResult
}

/**
 * Jobs of one account: each is carried out, row by row, some time after it was asked for; nobody has to look for
 * that to happen, but nothing happens before somebody does.
 */
export function openJobs(now: () => number) {
  const jobs = new Map<string, ZJob>()
  const waiting: Waiting[] = []
  const jobsOf = {
    /** Ms until a job is done. */
    duration: 800,
    /** Whole jobs that fail, by their turn. */
    fails: (_turn: number): boolean => false,
    /** How many were asked for, how many are done, how many at most waited at once, how many were refused. */
    made: 0,
    done: 0,
    crowd: 0,
    refused: 0,
    find: (id: string) => jobs.get(id),
    /** A job, or null when too many wait. */
    add(type: string, rows: number, run: (index: number) => ZResult): ZJob | null {
      if (waiting.length >= most) {
        jobsOf.refused += 1
        return null
      }
      const id = `V3-${randomUUID().replaceAll('-', '')}`
      const job: ZJob = {
        id,
        job_type: type,
        status: 'queued',
        total: rows,
        progress: 0,
        message: null,
        results: null,
      }
      jobs.set(id, job)
      jobsOf.made += 1
      waiting.push({ job, dueAt: now() + jobsOf.duration, rows, run })
      jobsOf.crowd = Math.max(jobsOf.crowd, waiting.length)
      return { ...job }
    },
    /** Carries out what is due. */
    work(): void {
      for (;;) {
        const [next] = waiting
        if (next === undefined || next.dueAt > now()) return
        waiting.shift()
        jobsOf.done += 1
        const { job, rows, run } = next
        if (jobsOf.fails(jobsOf.made)) {
          Object.assign(job, { status: 'failed', message: 'The job was stopped.', results: [] })
          continue
        }
        const results = Array.from({ length: rows }, (_, index) => run(index))
        const message = `Completed at ${new Date(now()).toISOString()}`
        Object.assign(job, { status: 'completed', progress: rows, message, results })
      }
    },
  }
  return jobsOf
}

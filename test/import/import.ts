import { createHash } from 'node:crypto'
import { readFileSync, realpathSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import * as z from 'zod'
import { type Options, UsageError, readOptions, usage } from './arguments.ts'
import { displayOn, summaryOf } from './display.ts'
import { forgetProgress } from './resume.ts'
import { openCsv } from './rows.ts'
import { ImportError } from './send.ts'
import { upload } from './upload.ts'

const stateFolder = process.env['RAPPORT_STATE'] ?? '.rapport'

/** The key that was given, or the one that a local run keeps in its state folder. */
function keyOf(options: Options): string {
  const given = options.key ?? process.env['RAPPORT_ADMIN_KEY']
  if (given !== undefined && given !== '') return given
  try {
    const kept = readFileSync(join(stateFolder, 'local.json'), 'utf8')
    return z.object({ adminKey: z.string() }).parse(JSON.parse(kept)).adminKey
  } catch {
    throw new UsageError(
      `--key is missing, RAPPORT_ADMIN_KEY is not set and ${stateFolder} holds no key of a local run`,
    )
  }
}

/** The same file, unchanged, by the same map to the same place is the same job. */
function jobOf(options: Options): string {
  const { size, mtimeMs } = statSync(options.file)
  const parts = [realpathSync(options.file), size, mtimeMs, options.map, options.url]
  const text = JSON.stringify(parts, (_, value: unknown) =>
    value instanceof RegExp ? value.source : value,
  )
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}

async function run(options: Options): Promise<number> {
  const started = performance.now()
  const key = keyOf(options)
  const display = displayOn(process.stdout)
  const job = jobOf(options)
  const resumeFile = options.resumeFile ?? join(stateFolder, `import-${job}.json`)
  try {
    const result = await upload({
      file: await openCsv(options.file),
      map: options.map,
      target: {
        url: options.url,
        key,
        fetch,
        sleep,
        onRetry: (reason, wait) =>
          display.note(`${reason}; trying again in ${(wait / 1000).toFixed(1)} s`),
      },
      job,
      resumeFile,
      onProgress: display.progress,
    })
    forgetProgress(resumeFile)
    display.note(summaryOf(result, (performance.now() - started) / 1000))
    return result.rejected > 0 && result.rejected === result.received ? 1 : 0
  } finally {
    display.end()
  }
}

async function main(): Promise<number> {
  try {
    return await run(readOptions(process.argv.slice(2)))
  } catch (error) {
    if (error instanceof UsageError) process.stderr.write(`${error.message}\n\n${usage}\n`)
    else if (error instanceof ImportError) process.stderr.write(`${error.message}\n`)
    else if (error instanceof Error && 'code' in error) process.stderr.write(`${error.message}\n`)
    else throw error
    return 2
  }
}

process.exitCode = await main()

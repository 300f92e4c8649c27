import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { faultsIn } from '../../support/log-lines.ts'

/** In tests, looks through the Worker's logs of a state: throws when they hold tokens, people or their words. */
export function checkLog(state: string, secrets: readonly string[]): void {
  if (process.env['VITEST'] === undefined) return
  for (const name of ['worker.log', 'worker.log.before']) {
    const path = join(state, name)
    if (!existsSync(path)) continue
    const faults = faultsIn(readFileSync(path, 'utf8'), secrets)
    if (faults.length > 0) throw new Error(`${name}: ${faults.slice(0, 5).join('\n')}`)
  }
}

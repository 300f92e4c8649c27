import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

interface Process {
  pid: number
  parent: number
}

/** Every running workerd: from /proc where there is one (`ps` may be missing), else from `ps`. */
function runningWorkerds(): Process[] {
  const lines = existsSync('/proc/self/stat')
    ? readdirSync('/proc').flatMap(statLine)
    : execFileSync('ps', ['-A', '-o', 'pid=,ppid=,comm='], { encoding: 'utf8' }).split('\n')
  return lines.flatMap((line) => {
    const match = /^\s*(\d+)\s+(\d+)\s+(?:.*\/)?workerd\s*$/.exec(line)
    return match ? [{ pid: Number(match[1]), parent: Number(match[2]) }] : []
  })
}

/** `pid parent name` of a process folder; nothing for other folders, finished ones and zombies. */
function statLine(name: string): string[] {
  if (!/^\d+$/.test(name)) return []
  try {
    const match = /^(\d+) \((.*)\) (\w) (\d+) /.exec(readFileSync(`/proc/${name}/stat`, 'utf8'))
    return match && match[3] !== 'Z' ? [`${match[1]} ${match[4]} ${match[2]}`] : []
  } catch {
    return []
  }
}

/** Whether the process is a workerd that still runs; one that ended and waits to be collected does not. */
export function workerdRuns(pid: number): boolean {
  return runningWorkerds().some((one) => one.pid === pid)
}

/** Pids of this process's own workerds. */
export function ownWorkerds(): number[] {
  return runningWorkerds()
    .filter((one) => one.parent === process.pid)
    .map((one) => one.pid)
}

const pidFile = (state: string) => join(state, 'workerd.pid')
const launcherFile = (state: string) => join(state, 'launcher.pid')

/** Remembers which workerd serves the state, for the next start. */
export function rememberWorkerd(state: string, pid: number): void {
  writeFileSync(pidFile(state), `${pid}\n`)
  writeFileSync(launcherFile(state), `${process.pid}\n`)
}

export function forgetWorkerd(state: string): void {
  rmSync(pidFile(state), { force: true })
  rmSync(launcherFile(state), { force: true })
}

/**
 * Ends the workerd that a killed launcher left behind on this state. Refuses when a launcher that still
 * lives is using the state, because two writers would damage the databases.
 */
export async function endOrphan(state: string): Promise<boolean> {
  const pid = readPid(pidFile(state))
  const launcher = readPid(launcherFile(state))
  const find = () => runningWorkerds().find((one) => one.pid === pid)
  const found = pid === null ? undefined : find()
  if (found === undefined) return false
  if (found.parent === launcher && launcher !== null) {
    throw new Error(
      `${state} is in use by another Rapport (process ${launcher}); stop it, or set RAPPORT_STATE`,
    )
  }
  process.kill(found.pid, 'SIGKILL')
  const deadline = performance.now() + 3_000
  while (find() !== undefined && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return true
}

function readPid(path: string): number | null {
  try {
    const pid = Number.parseInt(readFileSync(path, 'utf8'), 10)
    return Number.isSafeInteger(pid) && pid > 1 ? pid : null
  } catch {
    return null
  }
}

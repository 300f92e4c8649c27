import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { workerdRuns } from '../emulator/launcher/workerd.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folders: string[] = []
const started: ChildProcess[] = []

function newState(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-launch-'))
  folders.push(folder)
  return folder
}

/** `npm start` as a process of its own, with an empty account, on any free port. */
function start(state: string, env: Record<string, string> = {}) {
  const child = spawn(process.execPath, ['test/emulator/start.ts'], {
    cwd: root,
    env: {
      ...process.env,
      RAPPORT_STATE: state,
      RAPPORT_SEED: 'none',
      RAPPORT_PORT: '0',
      RAPPORT_OPEN: '0',
      RAPPORT_ADMIN_KEY: 'fixed_key_of_this_test',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  started.push(child)
  let output = ''
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  const ready = new Promise<string>((resolve, reject) => {
    const take = (part: Buffer) => {
      output += part.toString('utf8')
      const url = /^ready (\S+)$/m.exec(output)?.[1]
      if (url !== undefined) resolve(url)
    }
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    child.on('close', () => reject(new Error(output)))
  })
  ready.catch(() => {})
  return { child, ready, ended, output: () => output }
}

async function account(url: string): Promise<Record<string, unknown>> {
  const headers = { Authorization: 'Bearer fixed_key_of_this_test' }
  const response = await fetch(`${url}v1/account`, { headers })
  return { status: response.status, ...Object(await response.json()) }
}

function workerdPid(state: string): number {
  return Number.parseInt(readFileSync(join(state, 'workerd.pid'), 'utf8'), 10)
}

afterEach(() => {
  for (const child of started.splice(0)) if (child.exitCode === null) child.kill('SIGKILL')
})
afterAll(() => {
  for (const folder of folders) {
    const path = join(folder, 'workerd.pid')
    if (existsSync(path) && workerdRuns(workerdPid(folder)))
      process.kill(workerdPid(folder), 'SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
})

describe('the launcher', () => {
  it('answers once it says ready, on both hosts, and ends in order', async () => {
    const state = newState()
    const rapport = start(state)
    const url = await rapport.ready
    expect(await account(url)).toMatchObject({ status: 200, id: 1 })
    const other = await fetch(url.replace('localhost', '127.0.0.1').concat('v1/health'))
    expect(other.status).toBe(200)
    expect(await (await fetch(url)).text()).toContain('<title>Practice desk</title>')
    const pid = workerdPid(state)
    rapport.child.kill('SIGTERM')
    expect(await rapport.ended).toBe(0)
    expect([workerdRuns(pid), existsSync(join(state, 'workerd.pid'))]).toEqual([false, false])
  })

  it('connects the desk: sub-domain, installation, frame origin of this port', async () => {
    const rapport = start(newState())
    const url = await rapport.ready
    expect(await account(url)).toMatchObject({
      helpDesk: {
        subdomain: 'ternandthistle',
        installation: '4200042',
        frameOrigins: [url.slice(0, -1)],
      },
    })
  })

  it('keeps what was written after its own kill -9, and ends the workerd left behind', async () => {
    const state = newState()
    const first = start(state)
    const url = await first.ready
    await fetch(`${url}v1/account`, {
      method: 'PATCH',
      headers: {
        Authorization: 'Bearer fixed_key_of_this_test',
        'Content-Type': 'application/json',
      },
      body: JSON.stringify({ name: 'Kept shop' }),
    })
    const orphan = workerdPid(state)
    first.child.kill('SIGKILL')
    await first.ended
    // On a busy machine workerd may notice by itself that its parent is gone; then nothing is left to end.
    const second = start(state)
    expect(await account(await second.ready)).toMatchObject({ name: 'Kept shop' })
    expect(workerdRuns(orphan)).toBe(false)
    expect(workerdPid(state)).not.toBe(orphan)
  })

  it('comes back by itself when workerd is killed', async () => {
    const state = newState()
    const rapport = start(state)
    const url = await rapport.ready
    const before = workerdPid(state)
    process.kill(before, 'SIGKILL')
    const again = async (): Promise<number> => {
      const response = await fetch(`${url}v1/health`).catch(() => null)
      if (response?.status === 200) return 200
      await new Promise((resolve) => setTimeout(resolve, 50))
      return await again()
    }
    expect(await again()).toBe(200)
    await expect.poll(() => workerdPid(state), { timeout: 5_000 }).not.toBe(before)
  })

  it('refuses a second start on the same state', async () => {
    const state = newState()
    await start(state).ready
    const second = start(state)
    expect(await second.ended).toBe(1)
    expect(second.output()).toContain('is in use by another Rapport')
  })

  it('says in one sentence that its port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => other.on('listening', resolve))
    const { port } = Object(other.address())
    const rapport = start(newState(), { RAPPORT_PORT: String(port) })
    expect(await rapport.ended).toBe(1)
    expect(rapport.output().trim()).toBe(
      `Port ${port} is in use; stop what uses it, or set RAPPORT_PORT to another one.`,
    )
    other.close()
  })

  it.each([
    ['RAPPORT_PORT', 'many', 'RAPPORT_PORT: "many" is not a port'],
    ['RAPPORT_SEED', 'some', 'RAPPORT_SEED: "some" is neither demo nor none'],
    ['RAPPORT_NOW', 'soon', 'RAPPORT_NOW: "soon" is not an instant like 2026-11-26T09:00:00Z'],
  ])('refuses a bad %s', async (name, value, sentence) => {
    const rapport = start(newState(), { [name]: value })
    expect(await rapport.ended).toBe(1)
    expect(rapport.output().trim()).toBe(sentence)
  })

  it('stands at RAPPORT_NOW: tokens of the desk are issued then', async () => {
    const rapport = start(newState(), { RAPPORT_NOW: '2024-02-29T12:00:00Z' })
    const url = await rapport.ready
    const response = await fetch(`${url}desk/frames`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ location: 'nav_bar', agent: '1' }),
    })
    const { token } = Object(await response.json())
    const { iat } = JSON.parse(
      Buffer.from(String(token).split('.')[1] ?? '', 'base64url').toString('utf8'),
    )
    // 29 February 2024, 12:00 UTC, and at most a minute of running.
    expect(iat).toBeGreaterThanOrEqual(1_709_208_000)
    expect(iat).toBeLessThan(1_709_208_060)
  })

  it('ends when its parent is gone', async () => {
    const state = newState()
    const env = { ...process.env, RAPPORT_STATE: state, RAPPORT_SEED: 'none', RAPPORT_PORT: '0' }
    const script = `"${process.execPath}" test/emulator/start.ts & wait`
    const shell = spawn('sh', ['-c', script], {
      cwd: root,
      env: { ...env, RAPPORT_OPEN: '0' },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await new Promise<void>((resolve) => {
      shell.stdout.on('data', (part: Buffer) => {
        if (part.toString('utf8').includes('ready ')) resolve()
      })
    })
    const pid = workerdPid(state)
    shell.kill('SIGKILL')
    await expect.poll(() => workerdRuns(pid), { timeout: 5_000 }).toBe(false)
  })
})

import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** A part of the product: what it is made from, what proves that it was made, how to make it. */
interface Part {
  name: string
  sources: string[]
  product: string
  command: string[]
}

const workerPart: Part = {
  name: 'Worker',
  sources: ['worker', 'wrangler.toml', 'package-lock.json'],
  product: 'dist/worker/index.js',
  command: ['wrangler', 'deploy', '--dry-run', '--outdir', 'dist/worker'],
}

const appPart: Part = {
  name: 'app',
  sources: ['app', 'translations', 'assets', 'worker', 'vite.config.ts', 'package-lock.json'],
  product: 'dist/local/assets',
  command: ['vite', 'build', '--logLevel', 'warn'],
}

/** Builds what is missing in `dist` or older than its sources. `root` is the project's folder. */
export async function buildIfOlder(root: string, say: (line: string) => void): Promise<void> {
  const parts = existsSync(join(root, 'vite.config.ts')) ? [appPart, workerPart] : [workerPart]
  // wrangler wants the folder of the production assets, empty or not.
  for (const folder of ['dist/assets', 'dist/local/assets']) {
    mkdirSync(join(root, folder), { recursive: true })
  }
  for (const part of parts) {
    if (!isOlder(root, part)) continue
    const start = performance.now()
    await run(root, part.command)
    say(`built the ${part.name} in ${((performance.now() - start) / 1000).toFixed(1)} s`)
  }
}

function isOlder(root: string, part: Part): boolean {
  const product = newest(join(root, part.product))
  return part.sources.some((source) => newest(join(root, source)) > product)
}

/** Latest change of a file, or of any file below a folder (epoch ms); −1 when there is none. */
function newest(path: string): number {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat === undefined) return -1
  if (!stat.isDirectory()) return stat.mtimeMs
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), -1)
}

async function run(root: string, [command = '', ...args]: string[]): Promise<void> {
  const bin = join(root, 'node_modules/.bin')
  const child = spawn(join(bin, command), args, {
    cwd: root,
    env: {
      ...process.env,
      // A practice run has no network, so the app brings its SDK along.
      RAPPORT_SDK: 'npm',
      RAPPORT_DIST: join(root, 'dist/local'),
      PATH: `${bin}:${process.env['PATH'] ?? ''}`,
      WRANGLER_SEND_METRICS: 'false',
      CI: 'true',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk))
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  if (code !== 0) throw new Error(`${command} failed:\n${Buffer.concat(output).toString('utf8')}`)
}

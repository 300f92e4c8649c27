import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Runs a command of the project's own tools and answers what it printed; throws when it fails. */
export type Run = (tool: 'wrangler' | 'npm', args: string[], input?: string) => Promise<string>

export interface Deployment {
  run: Run
  /** The text of wrangler.toml, and how it is replaced. */
  read: () => string
  write: (text: string) => void
  /** Makes a secret: 32 random bytes as hex. */
  secret: () => string
  /** The Worker gets the platform's language model; no local run has it. */
  ai?: boolean
  say: (line: string) => void
}

interface Database {
  name: string
  id: string
}

/** Secrets that are made at the first deployment and never again. */
const made = ['SESSION_SECRET', 'BOOTSTRAP_KEY', 'TOKEN_KEYS'] as const
/** Secrets that only Zendesk can give: the registration of the deployment there. */
const given = ['ZENDESK_CLIENT_ID', 'ZENDESK_CLIENT_SECRET'] as const
const placeholder = /^0{8}-/

/** The databases that wrangler.toml names, in its order. */
export function databasesIn(text: string): Database[] {
  return text
    .split('[[d1_databases]]')
    .slice(1)
    .map((block) => {
      const name = /database_name = "([^"]+)"/.exec(block)?.[1]
      const id = /database_id = "([^"]+)"/.exec(block)?.[1]
      if (name === undefined || id === undefined) {
        throw new Error('wrangler.toml: a d1_databases entry needs database_name and database_id')
      }
      return { name, id }
    })
}

async function idOf(run: Run, name: string): Promise<string | undefined> {
  const listed: unknown = JSON.parse(await run('wrangler', ['d1', 'list', '--json']))
  const found = Array.isArray(listed) ? listed.find((one) => Object(one).name === name) : undefined
  return found === undefined ? undefined : String(Object(found).uuid)
}

/** Creates the databases that have no id yet and writes their ids into wrangler.toml. */
async function createDatabases({ run, read, write, say }: Deployment): Promise<void> {
  for (const { name, id } of databasesIn(read())) {
    if (!placeholder.test(id)) continue
    const known = await idOf(run, name)
    if (known === undefined) await run('wrangler', ['d1', 'create', name])
    const uuid = known ?? (await idOf(run, name))
    if (uuid === undefined) throw new Error(`the database ${name} was not made`)
    write(read().replace(`database_id = "${id}"`, `database_id = "${uuid}"`))
    say(`database ${name} is ${uuid}: keep wrangler.toml as it is now`)
  }
}

/** Makes the secrets that the Worker lacks; answers the new operator key, which is shown only now. */
async function makeSecrets({ run, secret, say }: Deployment): Promise<string | null> {
  const listed: unknown = JSON.parse(await run('wrangler', ['secret', 'list', '--format', 'json']))
  const names = new Set(Array.isArray(listed) ? listed.map((one) => String(Object(one).name)) : [])
  let key: string | null = null
  for (const name of made) {
    if (names.has(name)) continue
    const random = secret()
    const value =
      name === 'TOKEN_KEYS' ? `first:${Buffer.from(random, 'hex').toString('base64')}` : random
    await run('wrangler', ['secret', 'put', name], value)
    if (name === 'BOOTSTRAP_KEY') key = value
    say(`secret ${name} made`)
  }
  for (const name of given) {
    if (!names.has(name)) say(`not set: ${name}; no help desk can be connected without it`)
  }
  return key
}

/**
 * Puts Rapport into the Cloudflare account that wrangler is signed in to: databases, migrations on all of them, the
 * Worker with the app, secrets. Repeating it is an update. Migrations come before the Worker that needs them; a
 * failure stops everything after it.
 */
export async function deploy(deployment: Deployment): Promise<void> {
  const { run, read, say } = deployment
  await run('wrangler', ['whoami']).catch((error: unknown) => {
    throw new Error('sign in first: npx wrangler login, or set CLOUDFLARE_API_TOKEN', {
      cause: error,
    })
  })
  await createDatabases(deployment)
  for (const { name } of databasesIn(read())) {
    await run('wrangler', ['d1', 'migrations', 'apply', name, '--remote'])
    say(`database ${name} is up to date`)
  }
  await run('npm', ['run', 'build'])
  const printed = await deployWorker(deployment)
  const key = await makeSecrets(deployment)
  const url = /https:\/\/\S+/.exec(printed)?.[0]
  say(url === undefined ? 'deployed' : `deployed: ${url}`)
  if (key !== null) say(`operator key, shown this once: ${key}`)
  if (url !== undefined) say(`next: npm run package -- ${new URL(url).origin}`)
}

/** The file keeps its bindings for local runs: the language model is added for this deployment only. */
async function deployWorker({ run, read, write, ai }: Deployment): Promise<string> {
  const kept = read()
  if (ai === true) write(`${kept}\n[ai]\nbinding = "AI"\n`)
  try {
    return await run('wrangler', ['deploy'])
  } finally {
    if (ai === true) write(kept)
  }
}

const root = join(import.meta.dirname, '../..')

function runHere(tool: string, args: string[], input?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(tool, args, { cwd: root }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout)
      else reject(new Error(`${tool} ${args.join(' ')}: ${stderr}${stdout}`.trim()))
    })
    child.stdin?.end(input)
  })
}

if (import.meta.main) {
  const path = join(root, 'wrangler.toml')
  await deploy({
    run: runHere,
    read: () => readFileSync(path, 'utf8'),
    write: (text) => writeFileSync(path, text),
    secret: () => randomBytes(32).toString('hex'),
    ai: process.argv.includes('--ai'),
    say: (line) => console.log(line),
  }).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  })
}

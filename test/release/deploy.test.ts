import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { databasesIn, deploy } from './deploy.ts'

const settings = readFileSync(join(import.meta.dirname, '../../wrangler.toml'), 'utf8')

/** An account at the platform, as strict as the commands need: databases by name, secrets by name. */
function platform(options: { signedIn?: boolean; broken?: string; ai?: boolean } = {}) {
  const databases = new Map<string, string>()
  const migrated: string[] = []
  const secrets = new Map<string, string>()
  const commands: string[] = []
  const lines: string[] = []
  let text = settings
  let deployed = false
  let bound = false
  let count = 0
  const run = async (tool: string, args: string[], input?: string): Promise<string> => {
    const command = [tool, ...args].join(' ')
    commands.push(command)
    if (command === options.broken) throw new Error(`${command}: refused`)
    const [noun = '', verb = '', ...rest] = args
    if (tool === 'npm') return ''
    if (noun === 'whoami') {
      if (options.signedIn === false) throw new Error('You are not authenticated.')
      return 'you'
    }
    if (noun === 'd1' && verb === 'list') {
      return JSON.stringify([...databases].map(([name, uuid]) => ({ name, uuid })))
    }
    if (noun === 'd1' && verb === 'create') {
      const name = rest[0] ?? ''
      if (databases.has(name)) throw new Error(`a database ${name} exists`)
      databases.set(name, `1111111${databases.size}-1111-4111-8111-111111111111`)
      return ''
    }
    if (noun === 'd1' && verb === 'migrations') {
      const named = databasesIn(text).find(({ name }) => name === rest[1])
      if (named === undefined || databases.get(named.name) !== named.id)
        throw new Error('no such database')
      migrated.push(named.name)
      return ''
    }
    if (noun === 'deploy') {
      if (migrated.length < databases.size) throw new Error('the Worker came before its tables')
      deployed = true
      bound = text.includes('binding = "AI"')
      return 'Deployed rapport triggers\n  https://rapport.acme.workers.dev\n'
    }
    if (noun === 'secret' && !deployed) throw new Error('no such Worker')
    if (noun === 'secret' && verb === 'list') {
      return JSON.stringify([...secrets.keys()].map((name) => ({ name, type: 'secret_text' })))
    }
    if (noun === 'secret' && verb === 'put') {
      secrets.set(rest[0] ?? '', input ?? '')
      return ''
    }
    throw new Error(`unknown command ${command}`)
  }
  return {
    databases,
    secrets,
    bound: () => bound,
    commands,
    lines,
    text: () => text,
    start: () =>
      deploy({
        run,
        read: () => text,
        write: (changed) => {
          text = changed
        },
        ai: options.ai === true,
        secret: () => `5ec${(count += 1)}`.padEnd(64, '0'),
        say: (line) => lines.push(line),
      }),
  }
}

describe('the first deployment', () => {
  it('makes databases, applies migrations to all of them, deploys, makes secrets', async () => {
    const cloud = platform()
    await cloud.start()
    expect([...cloud.databases.keys()]).toEqual(['rapport-control', 'rapport-shard-00'])
    expect(databasesIn(cloud.text()).map(({ id }) => id)).toEqual([...cloud.databases.values()])
    expect([...cloud.secrets.keys()]).toEqual(['SESSION_SECRET', 'BOOTSTRAP_KEY', 'TOKEN_KEYS'])
    expect(cloud.secrets.get('TOKEN_KEYS')).toMatch(/^first:[\w+/]{43}=$/)
    expect(cloud.lines.filter((line) => line.startsWith('not set'))).toEqual([
      'not set: ZENDESK_CLIENT_ID; no help desk can be connected without it',
      'not set: ZENDESK_CLIENT_SECRET; no help desk can be connected without it',
    ])
    expect(cloud.lines.slice(-3)).toEqual([
      'deployed: https://rapport.acme.workers.dev',
      `operator key, shown this once: ${'5ec2'.padEnd(64, '0')}`,
      'next: npm run package -- https://rapport.acme.workers.dev',
    ])
  })

  it('takes a database that is there already', async () => {
    const cloud = platform()
    cloud.databases.set('rapport-control', '22222222-2222-4222-8222-222222222222')
    await cloud.start()
    expect(cloud.commands.filter((command) => command.startsWith('wrangler d1 create'))).toEqual([
      'wrangler d1 create rapport-shard-00',
    ])
    expect(databasesIn(cloud.text())[0]?.id).toBe('22222222-2222-4222-8222-222222222222')
  })
})

describe('a deployment with the language model', () => {
  it('binds it for the Worker, and leaves the file of local runs as it was', async () => {
    const cloud = platform({ ai: true })
    await cloud.start()
    expect(cloud.bound()).toBe(true)
    expect(cloud.text()).not.toContain('AI')
    const plain = platform()
    await plain.start()
    expect(plain.bound()).toBe(false)
  })
})

describe('a later deployment', () => {
  it('keeps databases and secrets and shows no key', async () => {
    const cloud = platform()
    await cloud.start()
    const before = [...cloud.secrets]
    cloud.lines.length = 0
    await cloud.start()
    expect([...cloud.secrets]).toEqual(before)
    expect(cloud.commands.filter((command) => command.includes('create'))).toHaveLength(2)
    expect(cloud.lines.join(' ')).not.toContain('key')
  })

  it('stops before the Worker when a migration is refused', async () => {
    const cloud = platform({ broken: 'wrangler d1 migrations apply rapport-shard-00 --remote' })
    await expect(cloud.start()).rejects.toThrow('refused')
    expect(cloud.commands).not.toContain('wrangler deploy')
  })
})

describe('a deployment that cannot start', () => {
  it('says how to sign in', async () => {
    await expect(platform({ signedIn: false }).start()).rejects.toThrow('npx wrangler login')
  })

  it('names what is missing in wrangler.toml', () => {
    expect(() => databasesIn('[[d1_databases]]\nbinding = "CONTROL"')).toThrow(
      'needs database_name and database_id',
    )
  })
})

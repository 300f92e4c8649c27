import { execFile } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { layOutTexts } from '../../translations/layout.ts'
import { startValidator } from './validator.ts'

export interface Packaging {
  /** The project's folder. */
  root: string
  /** Where the Worker answers: https, without a path. */
  url: string
  /** For the marketplace, where the texts and pictures of the listing are looked at too. */
  marketplace: boolean
}

/** Lays out what belongs into the package: the app itself is served by the Worker. */
export function layOut({ root, url, marketplace }: Packaging, folder: string): void {
  mkdirSync(join(folder, 'assets'), { recursive: true })
  layOutTexts(root, folder, { url, changes: { private: !marketplace } })
  for (const name of readdirSync(join(root, 'assets'))) {
    if (/\.(png|svg)$/.test(name)) cpSync(join(root, 'assets', name), join(folder, 'assets', name))
  }
}

/** The address as packages want it. Throws a sentence when it is none. */
export function addressOf(text: string | undefined): string {
  if (text === undefined || text === '') {
    throw new Error('Where does the Worker answer? npm run package -- https://rapport.<you>.dev')
  }
  const url = URL.canParse(text) ? new URL(text) : null
  if (url?.protocol !== 'https:' || url.pathname !== '/' || url.search !== '') {
    throw new Error(`${text} must be an https address without a path`)
  }
  return url.origin
}

/**
 * Builds the package with the help desk's own tool, which has it judged first: by the account that ZENDESK_SUBDOMAIN
 * and ZENDESK_OAUTH_TOKEN name, else by a validator on this machine. Answers the path of the zip; throws with what
 * is wrong.
 */
export async function packageApp(packaging: Packaging): Promise<string> {
  const { root } = packaging
  const { version } = JSON.parse(readFileSync(join(root, 'manifest.json'), 'utf8'))
  const scratch = mkdtempSync(join(tmpdir(), 'rapport-package-'))
  const folder = join(scratch, 'app')
  const validator = await startValidator()
  try {
    layOut(packaging, folder)
    const certificate = join(scratch, 'certificate.pem')
    writeFileSync(certificate, validator.certificate)
    const own = process.env['ZENDESK_SUBDOMAIN'] !== undefined
    const local = {
      ZENDESK_SUBDOMAIN: '127',
      ZENDESK_DOMAIN: `0.0.1:${validator.port}`,
      ZENDESK_OAUTH_TOKEN: 'local',
      NODE_EXTRA_CA_CERTS: certificate,
      HOME: scratch,
    }
    const tool = join(root, 'node_modules/.bin/zcli')
    for (const command of ['apps:validate', 'apps:package']) {
      await promisify(execFile)(tool, [command, folder], {
        env: { ...process.env, ...(own ? {} : local) },
      }).catch((error: { stdout?: string; stderr?: string }) => {
        throw new Error(`${command}: ${error.stderr ?? ''}${error.stdout ?? ''}`.trim())
      })
    }
    const [made] = readdirSync(join(folder, 'tmp')).filter((name) => name.endsWith('.zip'))
    if (made === undefined) throw new Error('no package was made')
    mkdirSync(join(root, 'dist'), { recursive: true })
    const target = join(root, `dist/rapport-${version}.zip`)
    cpSync(join(folder, 'tmp', made), `${target}.part`)
    renameSync(`${target}.part`, target)
    return target
  } finally {
    await validator.stop()
    rmSync(scratch, { recursive: true, force: true })
  }
}

if (import.meta.main) {
  const words = process.argv.slice(2)
  try {
    const url = addressOf(words.find((word) => !word.startsWith('--')))
    const marketplace = words.includes('--marketplace')
    console.log(await packageApp({ root: join(import.meta.dirname, '../..'), url, marketplace }))
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}

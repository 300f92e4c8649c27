import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addressOf, layOut, packageApp } from './package.ts'
import { type Files, type Problem, problemsOf } from './rules.ts'

const root = join(import.meta.dirname, '../..')
const url = 'https://rapport.acme.workers.dev'
const folder = mkdtempSync(join(tmpdir(), 'rapport-layout-'))
let files: Files = new Map()

beforeAll(() => {
  layOut({ root, url, marketplace: true }, folder)
  files = new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((one) => one.isFile())
      .map((one) => {
        const path = join(one.parentPath, one.name)
        return [path.slice(folder.length + 1), readFileSync(path)]
      }),
  )
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

type Json = Record<string, unknown>

/** The package with one JSON file changed. */
function changed(path: string, change: (file: Json) => Json): Problem[] {
  const file = JSON.parse(new TextDecoder().decode(files.get(path)))
  const bytes = new TextEncoder().encode(JSON.stringify(change(file)))
  return problemsOf(new Map([...files, [path, bytes]]))
}

const withLocation = (name: string, place: unknown) => (manifest: Json) => ({
  ...manifest,
  location: { support: { [name]: place } },
})
const png = (width: number, height: number) => {
  const bytes = new Uint8Array(24)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, 0x8950_4e47)
  view.setUint32(16, width)
  view.setUint32(20, height)
  return bytes
}
const text = (content: string) => new TextEncoder().encode(content)

describe('the package as the marketplace gets it', () => {
  it('breaks no rule', () => {
    expect(problemsOf(files)).toEqual([])
  })

  it('names the deployment in every location and the placeholder nowhere', () => {
    const manifest = JSON.parse(new TextDecoder().decode(files.get('manifest.json')))
    const places: { url: string }[] = Object.values(manifest.location.support)
    expect(places.map((place) => new URL(place.url).origin)).toEqual([url, url, url])
    for (const [path, bytes] of files) {
      expect([path, new TextDecoder().decode(bytes).includes('example.com/zaf')]).toEqual([
        path,
        false,
      ])
    }
  })
})

describe('a rule of the help desk', () => {
  it.each<[string, string, (file: Json) => Json, string]>([
    [
      'an author without a web address',
      'manifest.json',
      (m) => ({ ...m, author: { name: 'A', email: 'a@b.c', url: 'ftp://x' } }),
      'must be a web address',
    ],
    [
      'a locale without its file',
      'manifest.json',
      (m) => ({ ...m, defaultLocale: 'nl' }),
      'has no translation',
    ],
    [
      'a version that is none',
      'manifest.json',
      (m) => ({ ...m, version: '1.0' }),
      'must be like 1.2.3',
    ],
    [
      'another framework',
      'manifest.json',
      (m) => ({ ...m, frameworkVersion: '1.0' }),
      'must be "2.0"',
    ],
    [
      'a switch that is a text',
      'manifest.json',
      (m) => ({ ...m, signedUrls: 'yes' }),
      'must be true or false',
    ],
    ['noTemplate', 'manifest.json', (m) => ({ ...m, noTemplate: true }), 'is gone'],
    [
      'an unknown location',
      'manifest.json',
      withLocation('footer', { url: 'https://a.b' }),
      'is no location',
    ],
    [
      'plain http',
      'manifest.json',
      withLocation('ticket_sidebar', { url: 'http://a.b' }),
      'must be an https address',
    ],
    [
      'an asset that is not there',
      'manifest.json',
      withLocation('ticket_sidebar', 'assets/x.html'),
      'names assets/x.html, which is not in the package',
    ],
    ['no address', 'manifest.json', withLocation('ticket_sidebar', {}), 'has no address'],
    [
      'a bar without its icon',
      'manifest.json',
      withLocation('top_bar', 'https://a.b'),
      'has no icon',
    ],
    [
      'a parameter twice',
      'manifest.json',
      (m) => ({
        ...m,
        parameters: [
          { name: 'a', type: 'text' },
          { name: 'a', type: 'text' },
        ],
      }),
      '"a" is there twice',
    ],
    [
      'a hidden one that is required',
      'manifest.json',
      (m) => ({ ...m, parameters: [{ name: 'a', type: 'hidden', required: true }] }),
      'hidden cannot be required',
    ],
    [
      'scopes in the open',
      'manifest.json',
      (m) => ({ ...m, parameters: [{ name: 'a', type: 'text', scopes: ['url'] }] }),
      'scopes of "a" need secure',
    ],
    ['no name', 'translations/ko.json', () => ({ app: {} }), 'app.name is missing'],
    [
      'a short description that is long',
      'translations/ko.json',
      () => ({ app: { name: 'R', short_description: 'x'.repeat(81) } }),
      'app.short_description has more than 80 characters',
    ],
    [
      'a public app without instructions',
      'translations/en.json',
      () => ({ app: { name: 'R', short_description: 'x', long_description: 'x' } }),
      'app.installation_instructions is missing',
    ],
    [
      'a parameter without a label',
      'translations/en.json',
      ({ app }) => ({ app: { ...Object(app), parameters: { a: {} } } }),
      'parameter a has no label',
    ],
    [
      'an unknown requirement',
      'requirements.json',
      () => ({ ticket_forms: {} }),
      '"ticket_forms" is no type of requirement',
    ],
    [
      'a field without a key',
      'requirements.json',
      () => ({ user_fields: { a: { title: 'A' } } }),
      'user_fields.a has no key',
    ],
    [
      'a trigger without a title',
      'requirements.json',
      () => ({ triggers: { a: {} } }),
      'triggers.a has no title',
    ],
    [
      'a webhook without a format',
      'requirements.json',
      () => ({
        webhooks: { a: { name: 'a', status: 'active', endpoint: 'x', http_method: 'POST' } },
      }),
      'webhooks.a has no request_format',
    ],
    [
      'a target',
      'requirements.json',
      () => ({ targets: { a: { title: 'a' } } }),
      'targets.a: use a webhook',
    ],
    [
      'more than 5000',
      'requirements.json',
      () => ({
        user_fields: Object.fromEntries(
          Array.from({ length: 5_001 }, (_, k) => [`a${k}`, { title: 'a', key: `a${k}` }]),
        ),
      }),
      'has more than 5000 requirements',
    ],
  ])('refuses %s', (_name, path, change, reason) => {
    expect(changed(path, change).map((problem) => problem.reason)).toEqual([reason])
  })

  it.each<[string, string, Uint8Array, string]>([
    [
      'a name twice in one object',
      'requirements.json',
      text('{"triggers": {}, "triggers": {}}'),
      '"triggers" is there twice',
    ],
    ['broken JSON', 'translations/ja.json', text('{'), 'is no JSON'],
    [
      'a table of samples',
      'assets/sample.csv',
      text('a,b'),
      'is a type of file that packages may not hold',
    ],
    ['code', 'assets/sidebar.js', text('1'), 'does not belong into the package'],
    [
      'the tool’s own settings',
      'zcli.apps.config.json',
      text('{}'),
      'does not belong into the package',
    ],
    [
      'a secret',
      'translations/de.json',
      text('{"app": {"name": "client_secret"}}'),
      'looks as if it held a secret',
    ],
    ['a logo of another size', 'assets/logo.png', png(300, 320), 'is 300 × 320, not 320 × 320'],
    [
      'a screenshot of another size',
      'assets/screenshot-9.png',
      png(1280, 800),
      'is 1280 × 800, not 1024 × 768',
    ],
    ['a picture that is none', 'assets/logo-small.png', text('GIF89a'), 'is no PNG'],
  ])('refuses %s', (_name, path, bytes, reason) => {
    const reasons = problemsOf(new Map([...files, [path, bytes]])).map((one) => one.reason)
    expect(reasons).toContain(reason)
  })

  it('takes the same name in two objects', () => {
    const bytes = text(
      '{"user_fields": {"a": {"title": "a", "key": "a"}}, "triggers": {"a": {"title": "t"}}}',
    )
    expect(problemsOf(new Map([...files, ['requirements.json', bytes]]))).toEqual([])
  })
})

describe('packaging', () => {
  it('makes a zip with the help desk’s own tool that holds only what belongs', async () => {
    const path = await packageApp({ root, url, marketplace: false })
    const names = Object.keys(unzipSync(readFileSync(path))).filter((name) => !name.endsWith('/'))
    expect(names.toSorted()).toEqual([...files.keys()].toSorted())
  }, 60_000)

  it('says what is wrong when the validator refuses', async () => {
    const bad = { root, url: 'http://rapport.acme.dev', marketplace: false }
    await expect(packageApp(bad)).rejects.toThrow('location.support.ticket_sidebar must be an')
  }, 60_000)

  it.each([
    [undefined, 'Where does the Worker answer?'],
    ['http://rapport.acme.dev', 'must be an https address'],
    ['https://rapport.acme.dev/app', 'without a path'],
    ['rapport', 'must be an https address'],
  ])('refuses the address %s', (address, reason) => {
    expect(() => addressOf(address)).toThrow(reason)
  })

  it('asks for an address on the command line', async () => {
    const run = promisify(execFile)(process.execPath, [join(import.meta.dirname, 'package.ts')])
    await expect(run).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('npm run package'),
    })
  })
})

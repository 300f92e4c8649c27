import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { locations } from '../worker/auth/catalog.ts'

const root = join(import.meta.dirname, '..')

interface Manifest {
  author: Record<string, string>
  version: string
  frameworkVersion: string
  defaultLocale: string
  private: boolean
  signedUrls: boolean
  location: Record<string, Record<string, { url: string; flexible?: unknown }>>
  parameters: { name: string; type: string }[]
}

const text = readFileSync(join(root, 'manifest.json'), 'utf8')
const manifest: Manifest = JSON.parse(text)
const places = Object.entries(manifest.location['support'] ?? {})

/** Width and height of a PNG, from its header. */
function sizeOf(file: string): [number, number] {
  const bytes = readFileSync(join(root, 'assets', file))
  expect(bytes.subarray(1, 4).toString('latin1')).toBe('PNG')
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)]
}

describe('manifest', () => {
  it('has the version of the package', () => {
    const { version }: { version: string } = JSON.parse(
      readFileSync(join(root, 'package.json'), 'utf8'),
    )
    expect(manifest.version).toBe(version)
  })

  it('names its author with a web address', () => {
    expect(manifest.author['name']).toBeTruthy()
    expect(manifest.author['url']).toMatch(/^https:\/\//)
  })

  it('has a default locale with a file', () => {
    expect(manifest.defaultLocale).toMatch(/^[a-z]{2,3}(-\w{2,3})?$/)
    expect(existsSync(join(root, `translations/${manifest.defaultLocale}.json`))).toBe(true)
  })

  it('runs on the only framework that is served', () => {
    expect(manifest.frameworkVersion).toBe('2.0')
  })

  it('asks for signed requests, for they alone say who the agent is', () => {
    expect(manifest.signedUrls).toBe(true)
  })

  it('opens beside tickets and users and in the navigation bar, at places that the Worker serves', () => {
    expect(places.map(([place]) => place)).toEqual(['ticket_sidebar', 'user_sidebar', 'nav_bar'])
    for (const [, { url, flexible = true }] of places) {
      const { protocol, pathname } = new URL(url)
      expect(protocol).toBe('https:')
      expect(Object.keys(locations)).toContain(pathname.replace('/zaf/', ''))
      expect(typeof flexible).toBe('boolean')
    }
  })

  it('says no key twice in a block', () => {
    const written = text.match(/"[\w]+":/g)?.length ?? 0
    const count = (value: unknown): number =>
      typeof value !== 'object' || value === null
        ? 0
        : Object.values(value).reduce<number>(
            (sum, part) => sum + count(part),
            Array.isArray(value) ? 0 : Object.keys(value).length,
          )
    expect(count(JSON.parse(text))).toBe(written)
  })

  it('has parameters with unique names', () => {
    const names = manifest.parameters.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    expect(names).not.toContain('name')
  })
})

describe('requirements', () => {
  const allowed = [
    'automations',
    'channel_integrations',
    'custom_objects',
    'macros',
    'targets',
    'views',
    'ticket_fields',
    'triggers',
    'user_fields',
    'organization_fields',
    'webhooks',
    'custom_objects_v2',
  ]

  it('ask only for what an app may ask for', () => {
    const requirements: Record<string, unknown> = JSON.parse(
      readFileSync(join(root, 'requirements.json'), 'utf8'),
    )
    expect(Object.keys(requirements).filter((key) => !allowed.includes(key))).toEqual([])
  })
})

describe('assets', () => {
  it.each([
    ['logo.png', 320],
    ['logo-small.png', 128],
  ])('%s is %d pixels on both sides', (file, size) => {
    expect(sizeOf(file)).toEqual([size, size])
  })

  it('has a plain icon in the colour of its bar', () => {
    const icon = readFileSync(join(root, 'assets/icon_nav_bar.svg'), 'utf8')
    expect(icon).toContain('viewBox="0 0 16 16"')
    expect(icon).toContain('currentColor')
    expect(icon).not.toMatch(/<(?:image|script|style|use)\b/)
  })

  it('holds only what a package may hold', () => {
    expect(
      readdirSync(join(root, 'assets')).filter(
        (name) => !/^(?:.+\.(?:png|svg)|_headers)$/.test(name),
      ),
    ).toEqual([])
  })
})

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')
const kept: string[] = []

/** Builds the app into a folder of its own; with the SDK inside, or loaded from Zendesk. */
function build(sdk: 'npm' | 'hosted'): string {
  const dist = mkdtempSync(join(tmpdir(), 'rapport-build-'))
  kept.push(dist)
  execFileSync(join(root, 'node_modules/.bin/vite'), ['build', '--logLevel', 'error'], {
    cwd: root,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      RAPPORT_DIST: dist,
      RAPPORT_SDK: sdk,
      RAPPORT_URL: 'https://rapport.shop.test',
    },
  })
  return dist
}

/** A page with everything it loads before it can show data: scripts, what they import, styles. */
function filesOf(dist: string, page: string): string[] {
  const found = new Set([page])
  const visit = (name: string) => {
    const text = readFileSync(join(dist, 'assets', name), 'utf8')
    const named = name.endsWith('.html')
      ? [...text.matchAll(/(?:src|href)="\.\/([^"]+)"/g)]
      : [...text.matchAll(/(?:import|from)\s*"\.\/([^"]+)"/g)]
    for (const [, file = ''] of named) {
      if (found.has(file)) continue
      found.add(file)
      if (file.endsWith('.js')) visit(file)
    }
  }
  visit(page)
  return [...found]
}

const sizeOf = (dist: string, name: string) =>
  gzipSync(readFileSync(join(dist, 'assets', name))).length
const sum = (numbers: number[]) => numbers.reduce((total, one) => total + one, 0)

const pseudo = (dist: string) =>
  readdirSync(join(dist, 'assets')).filter((name) => /^(?:en-xa|ar-xb)-/.test(name))

/** The largest locale of people; pseudo locales are for tests. */
function largestLocale(dist: string): number {
  const names = readdirSync(join(dist, 'assets')).filter((name) =>
    /^(?:en|ar|de|es|fr|ja|ko|pt-br|zh-cn)-[\w-]{8}\.js$/.test(name),
  )
  expect(names).toHaveLength(9)
  return Math.max(...names.map((name) => sizeOf(dist, name)))
}

describe('build', () => {
  let npm = ''
  let hosted = ''
  beforeAll(() => {
    npm = build('npm')
    hosted = build('hosted')
  }, 120_000)
  afterAll(() => {
    for (const dist of kept) rmSync(dist, { recursive: true, force: true })
  })

  it.each([
    ['sidebar.html', 40_000],
    ['nav_bar.html', 60_000],
  ])('%s weighs at most %d bytes gzipped, SDK and largest locale included', (page, most) => {
    const size = sum(filesOf(npm, page).map((name) => sizeOf(npm, name))) + largestLocale(npm)
    const without =
      sum(filesOf(hosted, page).map((name) => sizeOf(hosted, name))) + largestLocale(hosted)
    process.stdout.write(
      `${page}: ${(size / 1000).toFixed(1)} kB gz with the SDK, ${(without / 1000).toFixed(1)} kB without, at most ${most / 1000} kB\n`,
    )
    expect(size).toBeLessThanOrEqual(most)
  })

  it.each(['sidebar.html', 'nav_bar.html'])('%s needs nothing inline', (page) => {
    const html = readFileSync(join(npm, 'assets', page), 'utf8')
    expect(html).toContain('<!--rapport-session-->')
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>|<style|\sstyle=|\son\w+=/i)
    expect(html).toContain('blocking="render"')
  })

  it('puts no style attribute or parsed markup on the page from a script', () => {
    for (const name of filesOf(npm, 'sidebar.html').filter(
      (file) => file.endsWith('.js') && !file.startsWith('open'),
    )) {
      const script = readFileSync(join(npm, 'assets', name), 'utf8')
      expect(script).not.toMatch(/\beval\(|new Function\(|document\.write|insertAdjacentHTML/)
    }
  })

  it("loads Zendesk's script in production only, before the app", () => {
    const html = readFileSync(join(hosted, 'assets/sidebar.html'), 'utf8')
    expect(html).toContain(
      'src="https://static.zdassets.com/zendesk_app_framework_sdk/2.0/zaf_sdk.min.js"',
    )
    expect(readFileSync(join(npm, 'assets/sidebar.html'), 'utf8')).not.toContain('zdassets')
  })

  it('lies flat, with relative addresses', () => {
    expect(
      readdirSync(join(npm, 'assets'), { withFileTypes: true }).filter((entry) =>
        entry.isDirectory(),
      ),
    ).toEqual([])
    expect(readFileSync(join(npm, 'assets/sidebar.html'), 'utf8')).not.toMatch(
      /(?:src|href)="\/(?!\/)/,
    )
  })

  it('ships pseudo locales only where the SDK is bundled', () => {
    expect(pseudo(npm).length).toBeGreaterThan(0)
    expect(pseudo(hosted)).toEqual([])
  })

  it('lays the package out as the help desk wants it, at the address of the Worker', () => {
    expect(readdirSync(hosted).toSorted()).toEqual([
      'assets',
      'manifest.json',
      'requirements.json',
      'translations',
    ])
    expect(readFileSync(join(hosted, 'manifest.json'), 'utf8')).toContain(
      'https://rapport.shop.test/zaf/sidebar',
    )
    expect(JSON.parse(readFileSync(join(hosted, 'translations/en.json'), 'utf8'))).toHaveProperty(
      'app.name',
      'Rapport',
    )
    expect(readdirSync(join(hosted, 'assets'))).toEqual(
      expect.arrayContaining(['_headers', 'icon_nav_bar.svg', 'logo.png', 'logo-small.png']),
    )
  })
})

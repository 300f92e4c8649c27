import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'
import type { Browser } from 'playwright-core'

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

const flags = [
  '--headless=new',
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
]

/** Where a Chromium is: named by `RAPPORT_CHROMIUM`, in a usual place, or installed now when that is possible. */
function findBrowser(): string | null {
  const named = [process.env['RAPPORT_CHROMIUM'] ?? '', ...places]
  const found = named.find(existsSync)
  if (found !== undefined || !install()) return found ?? null
  return named.find(existsSync) ?? null
}

/** Installs Debian's Chromium with fonts for Chinese, Japanese and Korean; only root can. */
function install(): boolean {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false
  const packages = ['chromium', 'fonts-noto-cjk']
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  try {
    console.log('Installing Chromium for the browser tests (once)…')
    execFileSync('apt-get', ['update', '-qq'], { env, stdio: 'ignore' })
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
      env,
      stdio: 'ignore',
    })
    return true
  } catch {
    return false
  }
}

/**
 * A browser for the tests, or null with one sentence when the machine has none; with CI=true a missing
 * browser is an error.
 */
export async function startBrowser(): Promise<Browser | null> {
  const path = findBrowser()
  if (path === null) {
    const sentence =
      'No Chromium was found or could be installed, so the browser tests are skipped.'
    if (process.env['CI'] === 'true') throw new Error(sentence)
    console.log(sentence)
    return null
  }
  return await chromium.launch({ executablePath: path, args: flags })
}

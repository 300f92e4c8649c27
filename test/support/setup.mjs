// Installs the dependencies when they are missing or older than the lock file.
// Plain JavaScript for whichever Node the machine has; everything after it runs on the pinned one.
import { execSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'

const root = fileURLToPath(new URL('../..', import.meta.url))
const installed = join(root, 'node_modules/.package-lock.json')
const fresh =
  existsSync(installed) &&
  statSync(installed).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs

if (!fresh) {
  console.log('Installing dependencies (about a minute, once)…')
  execSync('npm ci --no-audit --no-fund --loglevel=error', { cwd: root, stdio: 'inherit' })
}

import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What a local run keeps beside its databases, so that a restart continues where it stopped. */
export interface Kept {
  sessionSecret: string
  /** Base64 of 32 bytes: seals the help desk's tokens. */
  tokenKey: string
  /** Key made at the first start; used when no fixed key is given. */
  adminKey: string
  /** PEM of the practice desk's RSA key, which signs the app's addresses. */
  privateKey: string
  publicKey: string
  /** Instant of the first start: the practice world is dated relative to it. */
  firstStart: string
}

/** Reads what an earlier start kept in the folder, or makes it. `now`: instant of this start. */
export function openState(folder: string, now: Date): Kept {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, 'local.json')
  if (existsSync(path)) return readKept(path)
  const pair = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  const kept: Kept = {
    sessionSecret: randomBytes(32).toString('base64url'),
    tokenKey: randomBytes(32).toString('base64'),
    adminKey: `local_${randomBytes(24).toString('base64url')}`,
    privateKey: pair.privateKey,
    publicKey: pair.publicKey,
    firstStart: now.toISOString(),
  }
  writeWhole(path, JSON.stringify(kept, null, 2))
  return kept
}

function readKept(path: string): Kept {
  const kept: Partial<Kept> = JSON.parse(readFileSync(path, 'utf8'))
  const { sessionSecret, tokenKey, adminKey, privateKey, publicKey, firstStart } = kept
  if (!sessionSecret || !tokenKey || !adminKey || !privateKey || !publicKey || !firstStart) {
    throw new Error(`${path} is damaged; delete the folder to start afresh`)
  }
  return { sessionSecret, tokenKey, adminKey, privateKey, publicKey, firstStart }
}

/** Writes a file that only its owner may read; a crash leaves the old one or the new one, never half. */
function writeWhole(path: string, text: string): void {
  writeFileSync(`${path}.new`, text, { mode: 0o600 })
  renameSync(`${path}.new`, path)
}

/** Marks that something was done once for this state. */
export function mark(folder: string, name: string): void {
  writeWhole(join(folder, `${name}.done`), new Date().toISOString())
}

export function isMarked(folder: string, name: string): boolean {
  return existsSync(join(folder, `${name}.done`))
}

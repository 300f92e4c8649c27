import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RapportApi } from '../emulator/launcher/api.ts'
import { startFront } from '../emulator/front/front.ts'
import { listenLocally } from '../emulator/front/listen.ts'
import { deskRoutes } from '../emulator/practice/routes.ts'
import type { RequestListener } from 'node:http'
import { openPracticeOn } from './practice.ts'
import { smallWorld } from './small-world.ts'

/** What the desk sent to Rapport. */
interface Sent {
  path: string
  records: unknown[]
}

const now = () => new Date('2026-11-26T09:00:00Z')

/** The practice desk with the small world, in front of `app` in the Worker's place. */
export async function startDesk(app: RequestListener) {
  const state = mkdtempSync(join(tmpdir(), 'rapport-desk-'))
  const sent: Sent[] = []
  const api: RapportApi = {
    call: async () => null,
    send: async (path, records) => {
      sent.push({ path, records: [...records] })
    },
  }
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const world = smallWorld()
  const { practice, zendesk } = openPracticeOn(world, state, now, api)
  const worker = await listenLocally(0, app)
  const target = () => new URL(`http://127.0.0.1:${worker.port}`)
  const front = await startFront({
    port: 0,
    workerFirst: ['/v1/*', '/zaf/*'],
    worker: target,
    files: target,
    desk: deskRoutes({
      practice,
      site: zendesk.options,
      approve: zendesk.approve,
      subdomain: 'fernway',
      installation: '4200042',
      privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      now,
      seeding: () => ({ state: 'done', sent: 0, total: 0 }),
      outside: async () => new Response('{}', { status: 599 }),
    }),
  })
  return {
    url: `http://localhost:${front.port}/`,
    port: front.port,
    publicKey,
    world,
    sent,
    zendesk: zendesk.account,
    async stop() {
      await front.close()
      await worker.close()
      rmSync(state, { recursive: true, force: true })
    },
  }
}

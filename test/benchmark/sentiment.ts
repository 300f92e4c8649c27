import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startRapport } from '../emulator/launcher/rapport.ts'
import { askOf, ndjson } from './ask.ts'
import { cpuOf } from './segments.ts'

const short = [
  'Where is my parcel? The tracking has not moved since Monday.',
  'Thank you so much, it arrived today and I love it!',
  '배송이 너무 늦어서 정말 실망했어요.',
  '质量很好，下次还会来买。',
  '届いた商品が壊れていました。交換できますか。',
  'Adorei o atendimento, muito obrigada!',
]
const sentence =
  'The lid of the box was torn, and nobody at the shop has answered me for nine days. '

/** CPU of scoring in workerd: message bodies with and without customers' words, the difference is the scoring. */
export async function benchSentiment(): Promise<void> {
  const state = mkdtempSync(join(tmpdir(), 'rapport-bench-'))
  const rapport = await startRapport({ state, keyLimit: 1_000_000, cron: false })
  const ask = askOf(rapport)
  const pid = rapport.workerdPid()
  let serial = 0
  const send = async (count: number, author: string, textOf: (n: number) => string) => {
    const lines = Array.from({ length: count }, (_, n) =>
      JSON.stringify({
        id: `m${(serial += 1)}`,
        ticketId: 'none',
        at: '2026-01-01T00:00:00Z',
        author,
        public: true,
        text: textOf(n),
      }),
    )
    const before = cpuOf(pid)
    await ask('/v1/messages', { method: 'PUT', headers: ndjson, body: `${lines.join('\n')}\n` })
    return cpuOf(pid) - before
  }
  try {
    const words = (n: number) => `${short[n % short.length]} ${n}`
    const long = (n: number) => `${n} ${sentence.repeat(60)}`.slice(0, 4_000)
    for (const author of ['agent', 'customer']) await send(2_000, author, words)
    const best = async (count: number, author: string, textOf: (n: number) => string) => {
      const runs: number[] = []
      for (let run = 0; run < 3; run += 1) runs.push(await send(count, author, textOf))
      return Math.min(...runs)
    }
    const each = (await best(10_000, 'customer', words)) - (await best(10_000, 'agent', words))
    const heavy = (await best(400, 'customer', long)) - (await best(400, 'agent', long))
    console.log(
      `sentiment: ${Math.round(10_000 / (each / 1_000))} short messages a second of CPU in workerd, ` +
        `${(heavy / 400).toFixed(2)} ms for 4,000 characters, cleaning and evidence included`,
    )
  } finally {
    await rapport.stop()
    rmSync(state, { recursive: true, force: true })
  }
}

import { client } from './client.ts'
import type { Seeding } from './client.ts'
import { h } from './dom.ts'

const place = h('div', { class: 'toasts', 'aria-live': 'polite' })

/** A short message that goes away by itself. `kind`: notice, alert or error. */
export function toast(message: string, kind = 'notice'): void {
  if (!place.isConnected) document.body.append(place)
  const element = h('p', { class: `toast ${kind === 'error' ? 'error' : kind}` }, message)
  place.append(element)
  setTimeout(() => element.remove(), kind === 'error' ? 8_000 : 4_000)
}

/** How far the demo shop has been sent, while that lasts; `done` is called when all is there. */
export function seedingBar(seeding: Seeding, done: () => void): HTMLElement[] {
  if (seeding.state !== 'running' && seeding.state !== 'failed') return []
  const meter = h('progress', { max: 1, value: 0, 'aria-label': 'Filling the demo shop' })
  const words = h('span')
  const element = h('div', { class: 'seeding', role: 'status' }, words, meter)
  const draw = (next: Seeding) => {
    const { sent, total } = next
    words.textContent =
      next.state === 'failed'
        ? `The demo shop could not be filled: ${next.message ?? ''}`
        : `Filling the demo shop: ${sent.toLocaleString('en')} of ${total.toLocaleString('en')} records`
    meter.value = total === 0 ? 0 : sent / total
    meter.hidden = next.state === 'failed'
  }
  const watch = async () => {
    const next = await client.seeding()
    if (next.state === 'done') {
      element.remove()
      done()
      return
    }
    draw(next)
    if (next.state === 'running') setTimeout(() => void watch(), 500)
  }
  draw(seeding)
  if (seeding.state === 'running') void watch()
  return [element]
}

import type { Desk } from './desk.ts'
import { h } from './dom.ts'
import { minorUnits } from './format.ts'

/** Opens a dialog with fields; `done` gets them and may throw to keep it open with a reason. */
function ask(
  title: string,
  fields: HTMLElement[],
  action: string,
  done: (data: FormData) => Promise<void>,
): void {
  const error = h('p', { class: 'error', role: 'alert' })
  const send = h('button', { type: 'submit', class: 'primary' }, action)
  const form = h(
    'form',
    {
      onsubmit: (event) => {
        event.preventDefault()
        send.disabled = true
        done(new FormData(form))
          .then(() => dialog.close())
          .catch((reason: unknown) => {
            error.textContent = reason instanceof Error ? reason.message : String(reason)
          })
          .finally(() => {
            send.disabled = false
          })
      },
    },
    h('h2', {}, title),
    ...fields,
    error,
    h('footer', {}, h('button', { type: 'button', onclick: () => dialog.close() }, 'Cancel'), send),
  )
  const dialog = h('dialog', { 'aria-label': title, onclose: () => dialog.remove() }, form)
  document.body.append(dialog)
  dialog.showModal()
}

function field(label: string, control: HTMLElement): HTMLElement {
  return h('label', { class: 'field' }, h('span', {}, label), control)
}

function select(name: string, values: readonly string[]): HTMLSelectElement {
  return h('select', { name }, ...values.map((value) => h('option', { value }, value)))
}

/** Asks for an order of the ticket's requester. `total` in minor units. */
export function askOrder(
  desk: Desk,
  place: (order: { channel: string; title: string; total: number }) => Promise<void>,
): void {
  const { currency, channels } = desk.start
  const units = minorUnits(currency)
  const amount = { type: 'number', name: 'total', min: 1 / units, step: 1 / units, required: true }
  ask(
    'New order',
    [
      field('Article', h('input', { name: 'title', value: 'Gift box', required: true })),
      field(`Total (${currency})`, h('input', { ...amount, value: units === 1 ? 12_000 : 64 })),
      field('Channel', select('channel', channels)),
    ],
    'Place order',
    (data) =>
      place({
        channel: String(data.get('channel')),
        title: String(data.get('title')),
        total: Math.round(Number(data.get('total')) * units),
      }),
  )
}

const words = ['Very bad', 'Bad', 'Neutral', 'Good', 'Very good'] as const

/** Asks for the customer's rating of the ticket; reasons only at neutral or worse. */
export function askRating(
  desk: Desk,
  rate: (rating: { level: number; reasons: string[]; comment: string }) => Promise<void>,
): void {
  const reasons = desk.start.reasons.length > 0 ? desk.start.reasons : ['Slow', 'Not solved']
  const why = h(
    'fieldset',
    {},
    h('legend', {}, 'What went wrong?'),
    ...reasons.map((value) =>
      h(
        'label',
        { class: 'check' },
        h('input', { type: 'checkbox', name: 'reason', value }),
        value,
      ),
    ),
  )
  const levels = h(
    'fieldset',
    {
      class: 'levels',
      onchange: (event) => {
        why.hidden = event.target instanceof HTMLInputElement && Number(event.target.value) > 3
      },
    },
    h('legend', {}, 'How was it?'),
    ...words.map((word, index) =>
      h(
        'label',
        {},
        h('input', { type: 'radio', name: 'level', value: index + 1, checked: index === 1 }),
        h('b', {}, String(index + 1)),
        h('span', {}, word),
      ),
    ),
  )
  ask(
    'Rate this ticket as the customer',
    [levels, why, field('Comment', h('textarea', { name: 'comment', rows: 2 }))],
    'Send rating',
    (data) => {
      const level = Number(data.get('level'))
      return rate({
        level,
        reasons: level > 3 ? [] : data.getAll('reason').map(String),
        comment: String(data.get('comment') ?? ''),
      })
    },
  )
}

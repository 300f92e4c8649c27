import type { TicketView } from './client.ts'
import type { Desk } from './desk.ts'
import { avatar, h } from './dom.ts'
import { moment } from './format.ts'

/** The messages of a ticket, oldest first. */
export function conversation(desk: Desk, ticket: TicketView): HTMLElement {
  const messages = ticket.comments.map((comment) => {
    const name = authorName(desk, ticket, comment.author, comment.agent)
    return h(
      'li',
      { class: `message from-${comment.author}${comment.public ? '' : ' internal'}` },
      avatar(name),
      h(
        'div',
        {},
        h(
          'p',
          { class: 'by' },
          h('bdi', {}, name),
          h('time', { datetime: comment.at }, moment(Date.parse(comment.at))),
          !comment.public && h('span', { class: 'badge' }, 'Internal note'),
        ),
        h('p', { class: 'text', dir: 'auto' }, comment.text),
      ),
    )
  })
  const { rating } = ticket
  if (rating?.ratedAt !== undefined && rating.level !== undefined) {
    const reasons = rating.reasons.length > 0 ? ` · ${rating.reasons.join(', ')}` : ''
    messages.push(
      h(
        'li',
        { class: 'event' },
        `Rated ${rating.level} of ${rating.scale}${reasons} · ${moment(Date.parse(rating.ratedAt))}`,
      ),
    )
  }
  return h('ol', { class: 'messages', 'aria-label': 'Conversation' }, ...messages)
}

function authorName(desk: Desk, ticket: TicketView, author: string, agent?: string): string {
  if (author === 'customer') return ticket.requester?.name ?? 'Somebody'
  if (author === 'bot') return 'Answer bot'
  return desk.start.agents.find((one) => one.id === agent)?.name ?? 'Agent'
}

export interface Composed {
  as: 'agent' | 'customer'
  public: boolean
  text: string
}

/** The reply box: as the agent, as a note, or in the customer's place. */
export function composer(
  submit: (composed: Composed) => Promise<void>,
  typed: (text: string) => void,
): { element: HTMLElement; insert: (text: string) => void } {
  const modes = [
    ['reply', 'Public reply'],
    ['note', 'Internal note'],
    ['customer', 'Write as the customer'],
  ] as const
  let mode: (typeof modes)[number][0] = 'reply'
  const input = h('textarea', {
    rows: 3,
    dir: 'auto',
    'aria-label': 'Your message',
    placeholder: 'Write a reply…',
    oninput: () => typed(input.value),
  })
  const send = h('button', { type: 'submit', class: 'primary' }, 'Send reply')
  const words = {
    reply: ['Write a reply…', 'Send reply'],
    note: ['A note that only agents see…', 'Add note'],
    customer: ['What would the customer write?', 'Send as the customer'],
  } as const
  const tabs = h('div', { class: 'modes', role: 'group', 'aria-label': 'Who writes' })
  const choose = (next: typeof mode) => {
    mode = next
    element.dataset['mode'] = next
    input.placeholder = words[next][0]
    send.textContent = words[next][1]
    for (const [index, [name]] of modes.entries()) {
      tabs.children[index]?.setAttribute('aria-pressed', String(name === next))
    }
  }
  const element = h(
    'form',
    {
      class: 'composer',
      onsubmit: (event) => {
        event.preventDefault()
        void deliver()
      },
      onkeydown: (event) => {
        if (
          event instanceof KeyboardEvent &&
          event.key === 'Enter' &&
          (event.metaKey || event.ctrlKey)
        ) {
          event.preventDefault()
          void deliver()
        }
      },
    },
    tabs,
    input,
    h('footer', {}, h('small', { class: 'muted' }, 'Ctrl + Enter sends'), send),
  )
  const deliver = async () => {
    const text = input.value.trim()
    if (text === '' || send.disabled) return
    send.disabled = true
    try {
      await submit({
        as: mode === 'customer' ? 'customer' : 'agent',
        public: mode !== 'note',
        text,
      })
      input.value = ''
    } finally {
      send.disabled = false
      input.focus()
    }
  }
  tabs.append(
    ...modes.map(([name, label]) =>
      h('button', { type: 'button', onclick: () => choose(name) }, label),
    ),
  )
  choose('reply')
  return {
    element,
    insert(text) {
      input.value = input.value === '' ? text : `${input.value}\n${text}`
      typed(input.value)
    },
  }
}

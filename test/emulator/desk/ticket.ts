import type { TicketView } from './client.ts'
import { client } from './client.ts'
import { composer, conversation } from './conversation.ts'
import type { Composed } from './conversation.ts'
import type { Desk, View } from './desk.ts'
import { askOrder, askRating } from './dialogs.ts'
import { avatar, choice, h, icon } from './dom.ts'
import { moment, money } from './format.ts'
import type { AppFrame } from './frame.ts'
import { statusBadge } from './list.ts'
import { appPanel, openPane } from './panel.ts'

const statuses = ['new', 'open', 'pending', 'hold', 'solved', 'closed'] as const

/** One ticket: properties, conversation, and the app beside them. */
export function ticketView(desk: Desk, first: TicketView, retitle: () => void): View {
  let ticket = first
  const left = h('div', { class: 'properties' })
  const middle = h('div', { class: 'talk' })
  const head = h('header', { class: 'head' })
  const log = h('div', {
    class: 'log',
    role: 'region',
    'aria-label': 'Messages',
    tabindex: 0,
  })
  const { element: panel, body } = appPanel('Rapport')
  const box = composer(send, (text) => frame.host.fire('comment.text.changed', text))
  middle.append(head, log, box.element)

  /** Shows the ticket as it is now, and tells the app what changed, as a real desk does. */
  function update(next: TicketView): void {
    const before = ticket
    ticket = next
    draw()
    retitle()
    const fire = frame.host.fire
    if (before.requester?.id !== next.requester?.id) {
      fire('ticket.requester.id.changed', next.requester?.number ?? null)
    }
    if (before.status !== next.status) fire('ticket.status.changed', next.status)
    if (before.assignee !== next.assignee) {
      fire('ticket.assignee.user.id.changed', next.assignee ?? null)
    }
    if (before.comments.length !== next.comments.length) fire('ticket.conversation.changed')
    fire('ticket.updated', { id: next.number })
  }

  async function change(set: Record<string, unknown>): Promise<void> {
    await attempt(async () => update(await client.change(ticket.id, set)))
  }

  async function send(composed: Composed): Promise<void> {
    if (composed.as === 'agent') {
      const verdict = await frame.host.ask('ticket.save')
      if (!verdict.ok) {
        desk.toast(`An app stopped this: ${verdict.message}`, 'error')
        throw new Error(verdict.message)
      }
    }
    const input = { ...composed, agent: desk.agent.id }
    update(await client.comment(ticket.id, input))
    if (composed.as === 'agent') frame.host.fire('ticket.submit.done')
    log.scrollTo({ top: log.scrollHeight, behavior: 'smooth' })
  }

  async function attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      desk.toast(error instanceof Error ? error.message : String(error), 'error')
    }
  }

  function draw(): void {
    left.replaceChildren(...properties(desk, ticket, change))
    head.replaceChildren(...headline())
    log.replaceChildren(conversation(desk, ticket))
  }

  function headline(): HTMLElement[] {
    const created = moment(Date.parse(ticket.createdAt))
    return [
      h('h1', { dir: 'auto' }, ticket.subject),
      h(
        'p',
        { class: 'muted' },
        statusBadge(ticket.status),
        `#${ticket.id} · ${ticket.channel} · ${created}`,
      ),
      h(
        'div',
        { class: 'actions' },
        h('button', { type: 'button', onclick: order }, icon('cart'), 'New order'),
        h('button', { type: 'button', onclick: rate }, icon('star'), 'Rate this ticket'),
      ),
    ]
  }

  function order(): void {
    askOrder(desk, async (wanted) => {
      const placed = await client.order(ticket.id, wanted)
      desk.toast(`Order of ${money(placed.total, placed.currency)} placed`)
      update(ticket)
    })
  }

  function rate(): void {
    askRating(desk, async (rating) => {
      update(await client.rate(ticket.id, rating))
      desk.toast('Rating sent')
    })
  }

  const pane = (): AppFrame =>
    openPane(
      desk,
      body,
      {
        location: 'ticket_sidebar',
        path: '/zaf/sidebar',
        title: 'Rapport',
        ticket: () => ticket,
        changeTicket: (set) => void change(set),
        insertText: box.insert,
      },
      false,
    )
  const element = h(
    'section',
    { class: 'page ticket', 'aria-label': 'Ticket' },
    left,
    middle,
    panel,
  )
  let frame = pane()
  draw()
  return {
    element,
    title: () => ticket.subject,
    show() {
      frame.host.setActive(true)
      log.scrollTo({ top: log.scrollHeight })
    },
    hide: () => frame.host.setActive(false),
    close: () => frame.close(),
  }
}

function properties(
  desk: Desk,
  ticket: TicketView,
  change: (set: Record<string, unknown>) => Promise<void>,
): HTMLElement[] {
  const { requester } = ticket
  const select = (
    name: string,
    label: string,
    chosen: string,
    options: readonly (readonly [string, string])[],
  ) =>
    h(
      'div',
      { class: 'field' },
      h('span', { 'aria-hidden': 'true' }, label),
      choice(label, chosen, options, (value) => void change({ [name]: value || null })),
    )
  const agents = desk.start.agents.map((agent) => [agent.id, agent.name] as const)
  const facts = [
    ['E-mail', requester?.email],
    ['Phone', requester?.phone],
    ['Language', requester?.locale],
  ] as const
  return [
    h(
      'button',
      {
        type: 'button',
        class: 'person',
        onclick: () => requester && desk.openUser(requester.id),
      },
      avatar(requester?.name ?? '?'),
      h('span', {}, h('small', {}, 'Requester'), h('bdi', {}, requester?.name ?? 'Nobody')),
    ),
    h(
      'dl',
      {},
      ...facts.flatMap(([name, value]) =>
        value === undefined ? [] : [h('dt', {}, name), h('dd', { title: value }, value)],
      ),
    ),
    select(
      'status',
      'Status',
      ticket.status,
      statuses.map((status) => [status, status] as const),
    ),
    select('assignee', 'Assignee', ticket.assignee ?? '', [['', 'Nobody'], ...agents]),
    h('label', { class: 'field' }, h('span', {}, 'Change requester'), ...requesterInput(change)),
    h(
      'div',
      { class: 'field' },
      h('span', {}, 'Tags'),
      h('p', { class: 'tags' }, ...ticket.tags.map((tag) => h('span', { class: 'tag' }, tag))),
    ),
  ]
}

/** Finds a person by name, e-mail or id, and makes them the requester. */
function requesterInput(change: (set: Record<string, unknown>) => Promise<void>): HTMLElement[] {
  const list = h('datalist', { id: `people-${crypto.randomUUID()}` })
  const input = h('input', {
    list: list.id,
    placeholder: 'Name or e-mail',
    autocomplete: 'off',
    oninput: () => void suggest(),
  })
  const suggest = async () => {
    const id = /#(\d+)$/.exec(input.value)?.[1]
    if (id !== undefined) {
      await change({ requester: id })
      return
    }
    const people = await client.users(input.value)
    list.replaceChildren(
      ...people.map((user) => h('option', { value: `${user.name} #${user.id}` }, user.email ?? '')),
    )
  }
  return [input, list]
}

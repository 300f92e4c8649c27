import { client } from './client.ts'
import type { Row } from './client.ts'
import type { Desk, View } from './desk.ts'
import { avatar, h, icon } from './dom.ts'
import { ago } from './format.ts'

/** The ticket list: two views and a search. */
export function listView(desk: Desk): View {
  let view: 'open' | 'all' = 'open'
  let asked = 0
  const body = h('tbody')
  const count = h('p', { class: 'count', 'aria-live': 'polite' })
  const input = h('input', {
    type: 'search',
    placeholder: 'Search tickets and people',
    'aria-label': 'Search tickets and people',
    oninput: () => void load(),
  })

  const load = async () => {
    const mine = ++asked
    const { items, total } = await client.tickets(view, input.value)
    if (mine !== asked) return
    const more = total > items.length ? `, the latest ${items.length} shown` : ''
    count.textContent = `${total.toLocaleString('en')} ticket${total === 1 ? '' : 's'}${more}`
    body.replaceChildren(...items.map((row) => line(desk, row)))
    if (items.length === 0) body.append(h('tr', {}, h('td', { colspan: 6 }, 'Nothing here.')))
  }

  const choice = (value: 'open' | 'all', label: string) =>
    h(
      'button',
      {
        type: 'button',
        'aria-pressed': String(value === view),
        onclick: (event) => {
          view = value
          for (const one of views.children) {
            one.setAttribute('aria-pressed', String(one === event.currentTarget))
          }
          void load()
        },
      },
      label,
    )
  const views = h('div', { class: 'segmented', role: 'group', 'aria-label': 'View' })
  views.append(choice('open', 'Open'), choice('all', 'All'))

  const head = ['Requester', 'Subject', 'Status', 'Channel', 'Assignee', 'Last activity']
  const element = h(
    'section',
    { class: 'page list', 'aria-label': 'Tickets' },
    h(
      'header',
      {},
      h('h1', {}, 'Tickets'),
      views,
      h('div', { class: 'search' }, icon('search'), input),
      count,
    ),
    h(
      'div',
      { class: 'scroll' },
      h(
        'table',
        {},
        h('thead', {}, h('tr', {}, ...head.map((text) => h('th', { scope: 'col' }, text)))),
        body,
      ),
    ),
  )
  return {
    element,
    show: () => void load(),
    hide: () => {},
    close: () => {},
    title: () => 'Tickets',
  }
}

function line(desk: Desk, row: Row): HTMLElement {
  const open = () => desk.openTicket(row.id)
  return h(
    'tr',
    { onclick: open },
    h(
      'td',
      {},
      h(
        'span',
        { class: 'who', title: row.requester },
        avatar(row.requester),
        h('bdi', {}, row.requester),
      ),
    ),
    h(
      'td',
      { class: 'subject' },
      h('button', { type: 'button', class: 'link', onclick: open }, h('bdi', {}, row.subject)),
      h('small', {}, `#${row.id}`),
    ),
    h('td', {}, statusBadge(row.status)),
    h('td', {}, row.channel),
    h('td', {}, row.assignee ?? h('span', { class: 'muted' }, 'Nobody')),
    h('td', { class: 'time' }, ago(Date.parse(row.at), desk.now())),
  )
}

export function statusBadge(status: string): HTMLElement {
  return h('span', { class: `badge status-${status}` }, status)
}

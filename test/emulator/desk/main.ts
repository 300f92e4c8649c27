import { client } from './client.ts'
import type { Start } from './client.ts'
import { locales, makeDesk } from './desk.ts'
import type { Desk, Page, View } from './desk.ts'
import { avatar, choice, h, icon } from './dom.ts'
import { listView } from './list.ts'
import { openModalFrame } from './modal.ts'
import { appView, userView } from './pages.ts'
import { peopleButton } from './people.ts'
import { ticketView } from './ticket.ts'
import { seedingBar, toast } from './toast.ts'

interface Tab {
  page: Page
  view: View
  button: HTMLElement
}

/** Builds the desk around its pages: the rail at the left, tabs and switches at the top. */
function shell(start: Start): void {
  const wanted = new URLSearchParams(location.search)
  const [firstAgent] = start.agents
  const agent = start.agents.find((one) => one.id === wanted.get('agent')) ?? firstAgent
  if (agent === undefined) throw new Error('The practice desk has no agents.')
  const tabs: Tab[] = []
  let shown: Tab | null = null
  const main = h('main')
  const strip = h('nav', { class: 'tabs', 'aria-label': 'Open tickets' })

  const desk: Desk = makeDesk(start, agent, {
    openTicket: (id) => void openTicket(id),
    openUser: (id) => void openUser(id),
    openApp(path) {
      const tab = fixed('app')
      show(tab)
      if (path) tab.view.route?.(path)
    },
    toast,
    openModal: (url, size) => openModalFrame(desk, url, size),
  })

  function fixed(kind: 'list' | 'app'): Tab {
    const known = tabs.find((tab) => tab.page.kind === kind)
    return known ?? add({ kind }, kind === 'list' ? listView(desk) : appView(desk))
  }

  function add(page: Page, view: View): Tab {
    const button = h('div', { class: 'tab' })
    const tab = { page, view, button }
    tabs.push(tab)
    view.element.hidden = true
    main.append(view.element)
    if (page.kind === 'ticket' || page.kind === 'user') strip.append(button)
    name(tab)
    return tab
  }

  function name(tab: Tab): void {
    tab.button.replaceChildren(
      h(
        'button',
        {
          type: 'button',
          class: 'open',
          'aria-current': tab === shown ? 'page' : 'false',
          onclick: () => show(tab),
        },
        tab.page.kind === 'ticket' ? h('small', {}, `#${tab.page.id}`) : icon('user'),
        h('bdi', {}, tab.view.title()),
      ),
      h(
        'button',
        {
          type: 'button',
          class: 'icon',
          'aria-label': `Close ${tab.view.title()}`,
          onclick: () => close(tab),
        },
        icon('close'),
      ),
    )
  }

  function show(tab: Tab): void {
    if (shown === tab) return
    if (shown !== null) {
      shown.view.element.hidden = true
      shown.view.hide()
    }
    shown = tab
    tab.view.element.hidden = false
    tab.view.show()
    for (const one of tabs) name(one)
    for (const [kind, button] of rail) {
      button.setAttribute('aria-current', kind === tab.page.kind ? 'page' : 'false')
    }
    document.title = `${tab.view.title()} · Practice desk`
    remember()
    tab.button.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }

  function close(tab: Tab): void {
    tab.view.close()
    tab.view.element.remove()
    tab.button.remove()
    tabs.splice(tabs.indexOf(tab), 1)
    if (shown === tab) {
      shown = null
      show(tabs.findLast((one) => one.page.kind === 'ticket') ?? fixed('list'))
    }
  }

  /** What is being opened: opening it twice at the same moment opens it once. */
  const opening = new Set<string>()

  async function openOnce(page: Page & { id: string }, make: () => Promise<View>): Promise<void> {
    const known = tabs.find(
      (tab) => tab.page.kind === page.kind && 'id' in tab.page && tab.page.id === page.id,
    )
    const key = `${page.kind} ${page.id}`
    if (known !== undefined) show(known)
    if (known !== undefined || opening.has(key)) return
    opening.add(key)
    try {
      show(add(page, await make()))
    } catch (error) {
      toast(error instanceof Error ? error.message : String(error), 'error')
    } finally {
      opening.delete(key)
    }
  }

  function openTicket(id: string): Promise<void> {
    return openOnce({ kind: 'ticket', id }, async () => {
      const view = ticketView(desk, await client.ticket(id), () => {
        const tab = tabs.find((one) => one.view === view)
        if (tab !== undefined) name(tab)
      })
      return view
    })
  }

  function openUser(id: string): Promise<void> {
    return openOnce({ kind: 'user', id }, async () => userView(desk, await client.user(id)))
  }

  /** The address keeps what is open, so that reloading the page shows the same. */
  function remember(): void {
    const open = new URLSearchParams()
    if (desk.agent !== firstAgent) open.set('agent', desk.agent.id)
    if (desk.locale !== desk.agent.locale) open.set('locale', desk.locale)
    if (desk.scheme === 'dark') open.set('scheme', 'dark')
    const page = shown?.page
    if (page?.kind === 'ticket') open.set('ticket', page.id)
    if (page?.kind === 'user') open.set('user', page.id)
    if (page?.kind === 'app') open.set('page', 'app')
    const text = open.toString()
    history.replaceState(null, '', text === '' ? '/' : `/?${text}`)
  }

  /** Another agent or language: a real desk is loaded again, and so is every app in it. */
  function again(): void {
    remember()
    location.reload()
  }

  function paint(): void {
    document.documentElement.dataset['scheme'] = desk.scheme
    scheme.replaceChildren(icon(desk.scheme === 'dark' ? 'sun' : 'moon'))
    scheme.setAttribute('aria-label', desk.scheme === 'dark' ? 'Light colours' : 'Dark colours')
  }

  const scheme = h('button', {
    type: 'button',
    class: 'icon',
    onclick: () => {
      desk.scheme = desk.scheme === 'dark' ? 'light' : 'dark'
      paint()
      for (const host of desk.app.hosts()) host.fire('colorScheme.changed', desk.scheme)
      remember()
    },
  })
  const language = choice(
    'Language',
    locales.some(([code]) => code === desk.locale)
      ? desk.locale
      : (desk.locale.split('-')[0] ?? 'en'),
    locales.map(([code, text]) => [code, text]),
    (value) => {
      desk.locale = value
      again()
    },
  )
  const who = choice(
    'Agent',
    desk.agent.id,
    start.agents.map((one) => [one.id, `${one.name} (${one.role})`]),
    (value) => {
      const next = start.agents.find((one) => one.id === value)
      if (next === undefined) return
      const follows = desk.locale === desk.agent.locale
      desk.agent = next
      if (follows) desk.locale = next.locale
      again()
    },
  )
  const railButton = (kind: 'list' | 'app', label: string, drawing: 'inbox' | 'app') =>
    h(
      'button',
      { type: 'button', title: label, 'aria-label': label, onclick: () => show(fixed(kind)) },
      icon(drawing),
      h('span', {}, label),
    )
  const rail = new Map([
    ['list', railButton('list', 'Tickets', 'inbox')],
    ['app', railButton('app', 'Rapport', 'app')],
  ])

  document.body.append(
    h(
      'nav',
      { class: 'rail', 'aria-label': 'Desk' },
      h('img', { src: '/desk/mark.svg', alt: 'Practice desk', width: 32, height: 32 }),
      ...rail.values(),
    ),
    h(
      'header',
      { class: 'top' },
      strip,
      h(
        'div',
        { class: 'switches' },
        peopleButton(start.personas, desk.openTicket),
        language,
        scheme,
        avatar(desk.agent.name),
        who,
      ),
    ),
    ...seedingBar(start.seeding, () => location.reload()),
    main,
  )
  paint()
  const ticket = wanted.get('ticket')
  if (ticket !== null) void openTicket(ticket)
  const user = wanted.get('user')
  if (user !== null) void openUser(user)
  show(fixed(wanted.get('page') === 'app' ? 'app' : 'list'))
}

shell(await client.start())

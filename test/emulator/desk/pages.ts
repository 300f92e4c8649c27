import type { UserView } from './client.ts'
import type { Desk, View } from './desk.ts'
import { avatar, h } from './dom.ts'
import { appPanel, openPane } from './panel.ts'

/** Rapport's own tab: the app fills the page and is told the addresses within it that are opened. */
export function appView(desk: Desk): View {
  const element = h('section', { class: 'page app', 'aria-label': 'Rapport' })
  const pane = { location: 'nav_bar', path: '/zaf/nav_bar', title: 'Rapport' } as const
  const frame = openPane(desk, element, pane, true)
  return {
    element,
    title: () => 'Rapport',
    // The event is Zendesk's; the names in its payload could not be checked.
    route: (path) =>
      frame.host.announce('app.route.changed', { appName: 'rapport', appRoute: path }),
    show: () => frame.host.setActive(true),
    hide: () => frame.host.setActive(false),
    close: () => frame.close(),
  }
}

/** A person's page, with the app in its user sidebar. */
export function userView(desk: Desk, user: UserView): View {
  const { element: panel, body } = appPanel('Rapport')
  const { name } = user
  const facts = [
    ['E-mail', user.email],
    ['Phone', user.phone],
    ['Language', user.locale],
    ['Shop id', user.externalId],
    ['Desk id', user.id],
  ] as const
  const element = h(
    'section',
    { class: 'page user', 'aria-label': 'Person' },
    h(
      'div',
      { class: 'profile' },
      avatar(name),
      h('h1', {}, h('bdi', {}, name)),
      h(
        'dl',
        {},
        ...facts.flatMap(([label, value]) =>
          value === undefined ? [] : [h('dt', {}, label), h('dd', {}, value)],
        ),
      ),
    ),
    panel,
  )
  const pane = {
    location: 'user_sidebar',
    path: '/zaf/user_sidebar',
    title: 'Rapport',
    user: () => user,
  } as const
  const frame = openPane(desk, body, pane, false)
  return {
    element,
    title: () => name,
    show: () => frame.host.setActive(true),
    hide: () => frame.host.setActive(false),
    close: () => frame.close(),
  }
}

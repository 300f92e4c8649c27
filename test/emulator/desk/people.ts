import type { Persona } from '../world.ts'
import { avatar, h, icon } from './dom.ts'

/** The named persons who each show one case: a button and the list it opens. */
export function peopleButton(
  personas: readonly Persona[],
  open: (ticket: string) => void,
): HTMLElement | null {
  if (personas.length === 0) return null
  const list = h(
    'div',
    { id: 'people', popover: 'auto', class: 'people' },
    h('h2', {}, 'People to meet'),
    h(
      'ul',
      {},
      ...personas.map((persona) =>
        h(
          'li',
          {},
          h(
            'button',
            {
              type: 'button',
              onclick: () => {
                list.hidePopover()
                open(persona.ticket)
              },
            },
            avatar(persona.name),
            h('span', {}, h('b', {}, h('bdi', {}, persona.name)), h('small', {}, persona.shows)),
          ),
        ),
      ),
    ),
  )
  const button = h('button', { type: 'button', popovertarget: 'people' }, icon('people'), 'People')
  return h('div', { class: 'people-menu' }, button, list)
}

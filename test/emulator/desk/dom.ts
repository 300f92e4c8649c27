type Child = Node | string | null | false | undefined
type Attributes = Record<
  string,
  string | number | boolean | ((event: Event) => void) | null | undefined
>

/** Makes an element: attributes, `on…` listeners, children. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value)
    else if (value === true) element.setAttribute(name, '')
    else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, String(value))
    }
  }
  element.append(...children.filter(isShown))
  return element
}

function isShown(child: Child): child is Node | string {
  return child !== null && child !== false && child !== undefined
}

/** A drop-down of values and their words; `done` gets the value that was chosen. */
export function choice(
  label: string,
  chosen: string,
  options: readonly (readonly [value: string, text: string])[],
  done: (value: string) => void,
): HTMLSelectElement {
  return h(
    'select',
    {
      'aria-label': label,
      onchange: (event) => {
        if (event.currentTarget instanceof HTMLSelectElement) done(event.currentTarget.value)
      },
    },
    ...options.map(([value, text]) => h('option', { value, selected: value === chosen }, text)),
  )
}

const shapes = {
  inbox: 'M3 13h4l1.5 2.5h5L15 13h4M3 13l3-8h10l3 8v5H3z',
  app: 'M11 3a8 8 0 1 0 8 8M11 3v8h8A8 8 0 0 0 11 3z',
  people:
    'M8 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2 18c0-3 2.7-5 6-5s6 2 6 5M15 11a3 3 0 0 0 0-6M17 13.5c2 .7 3 2.3 3 4.5',
  moon: 'M18 13.5A8 8 0 0 1 8.5 4a8 8 0 1 0 9.5 9.5z',
  sun: 'M11 15a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM11 2v2M11 18v2M2 11h2M18 11h2M4.6 4.6 6 6M16 16l1.4 1.4M17.4 4.6 16 6M6 16l-1.4 1.4',
  search: 'M10 16a6 6 0 1 0 0-12 6 6 0 0 0 0 12zM14.5 14.5 19 19',
  close: 'M6 6l10 10M16 6 6 16',
  cart: 'M3 4h2l2 10h9l2-7H6M8.5 18.5h.01M15 18.5h.01',
  star: 'M11 3.5l2.3 4.8 5.2.7-3.8 3.6.9 5.2-4.6-2.5-4.6 2.5.9-5.2L3.5 9l5.2-.7z',
  user: 'M11 11a3.8 3.8 0 1 0 0-7.6 3.8 3.8 0 0 0 0 7.6zM4 19c0-3.3 3-5.5 7-5.5s7 2.2 7 5.5',
} as const

/** A small line drawing, decorative. */
export function icon(name: keyof typeof shapes): SVGSVGElement {
  const space = 'http://www.w3.org/2000/svg'
  const svg = document.createElementNS(space, 'svg')
  for (const [key, value] of Object.entries({
    viewBox: '0 0 22 22',
    width: '20',
    height: '20',
    fill: 'none',
    stroke: 'currentColor',
    'stroke-width': '1.6',
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
    'aria-hidden': 'true',
  })) {
    svg.setAttribute(key, value)
  }
  const path = document.createElementNS(space, 'path')
  path.setAttribute('d', shapes[name])
  svg.append(path)
  return svg
}

/** Coloured initials of a person. */
export function avatar(name: string): HTMLElement {
  const words = name.trim().split(/\s+/)
  const initials = words.length > 1 ? `${first(words[0])}${first(words.at(-1))}` : first(name)
  const hue = [...name].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % 6
  return h('span', { class: `avatar hue-${hue}`, 'aria-hidden': 'true' }, initials)
}

function first(word: string | undefined): string {
  return [...(word ?? '?')][0]?.toUpperCase() ?? '?'
}

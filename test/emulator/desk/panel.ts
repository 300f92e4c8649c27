import type { Desk } from './desk.ts'
import { h } from './dom.ts'
import { makeFrame } from './frame.ts'
import type { AppFrame, FrameOptions } from './frame.ts'
import { makePlace } from './place.ts'
import type { PlaceOptions, Surroundings } from './place.ts'

const narrowest = 260
const widest = 740
let width = 340

/** The desk as a place sees it. */
export function surroundings(desk: Desk): Surroundings {
  return {
    start: desk.start,
    agent: () => desk.agent,
    locale: () => desk.locale,
    scheme: () => desk.scheme,
    openTicket: desk.openTicket,
    openUser: desk.openUser,
    openNavBar: (path) => desk.openApp(path),
    notify: desk.toast,
    openModal: desk.openModal,
  }
}

export type Pane = Pick<FrameOptions, 'location' | 'path' | 'title'> &
  Omit<PlaceOptions, 'desk' | 'location' | 'resize'>

/** A frame of the app in `parent`, started at once; a failure is written where the app would be. */
export function openPane(desk: Desk, parent: HTMLElement, pane: Pane, fills: boolean): AppFrame {
  const { location, path, title, ...place } = pane
  const { app, agent, locale, scheme } = desk
  const frame = makeFrame({
    app,
    location,
    path,
    title,
    agent: agent.id,
    locale,
    scheme,
    place: (element) =>
      makePlace({
        ...place,
        location,
        desk: surroundings(desk),
        resize({ height }) {
          const pixels = Number.parseInt(height ?? '', 10)
          if (!fills && Number.isFinite(pixels)) element.style.blockSize = `${pixels}px`
        },
      }),
  })
  parent.append(frame.element)
  frame.start().catch((error: unknown) => {
    const message = error instanceof Error ? error.message : String(error)
    frame.element.replaceWith(h('p', { class: 'error' }, `The app could not be opened: ${message}`))
  })
  return frame
}

/** The right-hand panel: a header, the app below it, a grip that changes the width. */
export function appPanel(title: string): { element: HTMLElement; body: HTMLElement } {
  const body = h('div', { class: 'app-body' })
  const grip = h('div', {
    class: 'grip',
    role: 'separator',
    tabindex: 0,
    'aria-orientation': 'vertical',
    'aria-label': 'Width of the app panel',
    'aria-valuemin': narrowest,
    'aria-valuemax': widest,
    onpointerdown: (event) => {
      if (!(event instanceof PointerEvent)) return
      const from = event.clientX
      const before = width
      const toLeft = getComputedStyle(element).direction === 'rtl' ? -1 : 1
      const move = (next: PointerEvent) => resize(before + (from - next.clientX) * toLeft)
      grip.setPointerCapture(event.pointerId)
      element.classList.add('resizing')
      grip.addEventListener('pointermove', move)
      grip.addEventListener(
        'lostpointercapture',
        () => {
          grip.removeEventListener('pointermove', move)
          element.classList.remove('resizing')
        },
        { once: true },
      )
    },
    onkeydown: (event) => {
      if (!(event instanceof KeyboardEvent)) return
      const step = { ArrowLeft: 20, ArrowRight: -20 }[event.key]
      if (step !== undefined) resize(width + step)
    },
  })
  const resize = (wanted: number) => {
    width = Math.round(Math.min(widest, Math.max(narrowest, wanted)))
    element.style.inlineSize = `${width}px`
    grip.setAttribute('aria-valuenow', String(width))
  }
  const element = h(
    'aside',
    { class: 'app-panel', 'aria-label': title },
    grip,
    h('header', {}, h('img', { src: '/desk/mark.svg', alt: '', width: 20, height: 20 }), title),
    body,
  )
  resize(width)
  return { element, body }
}

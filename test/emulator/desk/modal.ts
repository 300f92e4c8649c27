import type { Desk } from './desk.ts'
import { h } from './dom.ts'
import { appOrigin, makeFrame } from './frame.ts'
import { makePlace } from './place.ts'
import { surroundings } from './panel.ts'

/** Opens a modal instance of the app and returns its guid. Addresses of other origins are refused. */
export function openModalFrame(
  desk: Desk,
  url: string,
  size: { width?: string; height?: string },
): string {
  const { origin, pathname, search } = new URL(url, `${appOrigin}/`)
  if (origin !== appOrigin)
    throw new Error(`The desk opens only the app's own pages, not ${origin}`)
  const dialog = h('dialog', { class: 'modal', 'aria-label': 'Rapport' })
  const frame = makeFrame({
    app: desk.app,
    location: 'modal',
    path: `${pathname}${search}`,
    title: 'Rapport',
    agent: desk.agent.id,
    locale: desk.locale,
    scheme: desk.scheme,
    place: (element) => {
      const resize = ({ width, height }: { width?: string; height?: string }) => {
        if (width !== undefined) element.style.inlineSize = width
        if (height !== undefined) element.style.blockSize = height
      }
      resize(size)
      return makePlace({
        desk: surroundings(desk),
        location: 'modal',
        resize,
        close: () => dialog.close(),
      })
    },
  })
  dialog.addEventListener('close', () => {
    for (const host of desk.app.hosts()) host.fire('modal.close')
    frame.close()
    dialog.remove()
  })
  dialog.append(frame.element)
  document.body.append(dialog)
  dialog.showModal()
  frame.start().catch((error: unknown) => desk.toast(String(error), 'error'))
  frame.host.setActive(true)
  return frame.host.guid
}

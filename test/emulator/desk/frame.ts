import { client } from './client.ts'
import { h } from './dom.ts'
import type { ZafApp, ZafHost, ZafPlace } from './zaf-host.ts'

/** Origin of the app: the other name of this machine, so that the browser keeps the two pages apart. */
export const appOrigin = location.origin.replace('//localhost', '//127.0.0.1')

export interface FrameOptions {
  app: ZafApp
  location: 'ticket_sidebar' | 'user_sidebar' | 'nav_bar' | 'modal'
  /** Path of the app's page, e.g. `/zaf/sidebar`. */
  path: string
  title: string
  agent: string
  locale: string
  scheme: 'light' | 'dark'
  place: (frame: HTMLIFrameElement) => ZafPlace
}

/** One instance of the app in its iframe. */
export interface AppFrame {
  host: ZafHost
  element: HTMLIFrameElement
  close: () => void
}

let count = 0

/**
 * Opens the app as the help desk does: posts a signed token to the app's address, into an iframe of its own.
 * The element must be in the page before `start` is called.
 */
export function makeFrame(options: FrameOptions): AppFrame & { start: () => Promise<void> } {
  count += 1
  const guid = `${options.location}-${count}-${crypto.randomUUID().slice(0, 8)}`
  const element = h('iframe', { name: guid, title: options.title, allow: 'clipboard-write' })
  const host = options.app.open(guid, options.place(element), (message) =>
    element.contentWindow?.postMessage(message, appOrigin),
  )
  const receive = (event: MessageEvent) => {
    if (event.source === element.contentWindow && event.origin === appOrigin)
      host.receive(event.data)
  }
  window.addEventListener('message', receive)
  return {
    host,
    element,
    async start() {
      const { token } = await client.token(options.location, options.agent)
      const url = new URL(options.path, appOrigin)
      url.search = new URLSearchParams({
        origin: location.origin,
        app_guid: guid,
        colorScheme: options.scheme,
        locale: options.locale,
      }).toString()
      const form = h(
        'form',
        { method: 'POST', action: url.href, target: guid, hidden: true },
        h('input', { type: 'hidden', name: 'token', value: token }),
      )
      document.body.append(form)
      form.submit()
      form.remove()
    },
    close() {
      host.close()
      window.removeEventListener('message', receive)
      element.remove()
    },
  }
}

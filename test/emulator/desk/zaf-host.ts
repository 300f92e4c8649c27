/** The help desk's half of the Zendesk App Framework: answers every message of both SDKs. */

interface ZafError {
  name: string
  message: string
  path?: string
}

/** What an app's request asks for; the shape of jQuery.ajax, as the framework takes it. */
export interface ZafRequest {
  url: string
  type?: string
  data?: unknown
  contentType?: string
  headers?: Record<string, string>
  cors?: boolean
  httpCompleteResponse?: boolean
}

export interface ZafAnswer {
  status: number
  statusText: string
  text: string
}

/** What the place of an app can read, change and do. Unknown names are `undefined` or `unknown`. */
export interface ZafPlace {
  metadata: () => Record<string, unknown>
  /** Without `instanceGuid`; the host adds it. */
  context: () => Record<string, unknown>
  get: (path: string) => unknown
  /** True when the path can be set. */
  set: (path: string, value: unknown) => boolean
  /** `unknown` when there is no such action, `undefined` when it answers nothing. */
  invoke: (action: string, args: unknown[]) => unknown
  request: (request: ZafRequest) => Promise<ZafAnswer>
}

export const unknown = Symbol('unknown')

export interface ZafHost {
  guid: string
  /** Handles one message of the frame. */
  receive: (data: unknown) => void
  /** Tells the app, and apps that watch this instance, that something happened. */
  fire: (event: string, payload?: unknown) => void
  /** As `fire`, but kept for an app that does not listen yet; the latest payload only. */
  announce: (event: string, payload: unknown) => void
  /** Asks a hook such as `ticket.save`; an app that vetoes says why. No listener: no veto. */
  ask: (hook: string) => Promise<{ ok: true } | { ok: false; message: string }>
  /** The pane is shown or hidden; `app.activated` reaches also a listener that comes late. */
  setActive: (active: boolean) => void
  close: () => void
}

/** All instances of one app in the desk. */
export interface ZafApp {
  open: (guid: string, place: ZafPlace, post: (message: unknown) => void) => ZafHost
  hosts: () => ZafHost[]
  find: (guid: string) => ZafHost | undefined
}

interface Instance extends ZafHost {
  place: ZafPlace
  listens: (source: string, event: string) => boolean
  deliver: (source: string, event: string, payload: unknown) => void
}

/** How long a hook may take before the desk goes on without it. */
const hookPatience = 30_000

export function zafApp(): ZafApp {
  const instances = new Map<string, Instance>()

  const contextOf = (one: Instance) => ({ ...one.place.context(), instanceGuid: one.guid })

  const read = (one: Instance, path: string): unknown => {
    if (path === 'instances') {
      return Object.fromEntries([...instances.values()].map((each) => [each.guid, contextOf(each)]))
    }
    if (path.startsWith('instances.')) {
      const found = instances.get(path.slice('instances.'.length))
      return found === undefined ? undefined : contextOf(found)
    }
    return one.place.get(path)
  }

  const open: ZafApp['open'] = (guid, place, post) => {
    /** Events listened to: `<instance> <event>`. */
    const listening = new Set<string>()
    const replies = new Map<string, (error: string | null) => void>()
    /** Announced before anybody listened. */
    const held = new Map<string, unknown>()
    let active = false
    /** What an app hears when it is shown; the navigation bar's panes have an event of their own. */
    const waking = ['app.activated', ...(isPane(place) ? ['pane.activated'] : [])]
    const woken = new Set<string>()

    const send = (message: Record<string, unknown>) => post(JSON.stringify(message))
    const deliver: Instance['deliver'] = (source, event, payload) =>
      send({ key: `zaf.${event}`, message: payload, instanceGuid: source })

    const call = async (id: unknown, kind: string, params: unknown, target: Instance) => {
      try {
        send({ id, result: await resultOf(kind, params, target) })
      } catch (error) {
        const { name, message } = error instanceof Error ? error : new Error(String(error))
        send({ id, error: { name, message } })
      }
    }

    const resultOf = async (kind: string, params: unknown, target: Instance) => {
      const result: Record<string, unknown> = {}
      const errors: Record<string, ZafError> = {}
      const missing = (path: string) => {
        errors[path] = { name: 'APIUndefinedError', message: 'No such Api', path }
      }
      if (kind === 'get') {
        for (const path of list(params).map(String)) {
          const value = read(target, path)
          if (value === undefined) missing(path)
          else result[path] = value
        }
      } else if (kind === 'set') {
        for (const [path, value] of Object.entries(record(params))) {
          if (target.place.set(path, value)) result[path] = value
          else missing(path)
        }
      } else if (kind === 'invoke') {
        for (const [action, args] of Object.entries(record(params))) {
          const value = await target.place.invoke(action, list(args))
          if (value === unknown) missing(action)
          else if (value !== undefined) result[action] = value
        }
      } else {
        throw new Error(`The desk does not know the request "${kind}"`)
      }
      return Object.keys(errors).length > 0 ? { ...result, errors } : result
    }

    const request = async (key: string, wanted: Record<string, unknown>) => {
      const url = String(wanted['url'] ?? '')
      try {
        const answer = await place.request({ ...wanted, url })
        const complete = wanted['httpCompleteResponse'] === true
        const ok = answer.status >= 200 && answer.status < 300
        const xhr = { ...rest(answer), responseJSON: parsed(answer.text) }
        if (ok) {
          const data = complete ? xhr : (xhr.responseJSON ?? answer.text)
          deliver(guid, `${key}.done`, { responseArgs: [data, 'success', xhr] })
        } else {
          deliver(guid, `${key}.fail`, { responseArgs: [xhr, 'error', answer.statusText] })
        }
      } catch (error) {
        const statusText = error instanceof Error ? error.message : 'error'
        const xhr = { status: 0, statusText, responseText: '' }
        deliver(guid, `${key}.fail`, { responseArgs: [xhr, 'error', statusText] })
      }
    }

    const listen = (event: string, count: number, source: string) => {
      const key = `${source} ${event}`
      const first = !listening.has(key)
      if (count > 0) listening.add(key)
      else listening.delete(key)
      if (count > 0 && source === guid && held.has(event)) {
        deliver(guid, event, held.get(event))
        held.delete(event)
      }
      // The frame registers its handlers only after the pane was shown; it must not miss that.
      if (first && count > 0 && active && source === guid && waking.includes(event)) wake(event)
    }

    const wake = (event: string) => {
      deliver(guid, event, { firstLoad: !woken.has(event) })
      woken.add(event)
    }

    const trigger = (event: string, payload: unknown, target: string) => {
      if (target !== guid) {
        instances.get(target)?.deliver(target, event, payload)
        return
      }
      for (const one of instances.values()) one.deliver(one.guid, event, payload)
    }

    const host: Instance = {
      guid,
      place,
      deliver,
      listens: (source, event) => listening.has(`${source} ${event}`),
      receive(data) {
        const message = typeof data === 'string' ? parsed(data) : data
        if (!isRecord(message) || message['appGuid'] !== guid) return
        const target = String(message['instanceGuid'] ?? guid)
        const { id, key } = message
        if (id !== undefined && typeof message['request'] === 'string') {
          void call(id, message['request'], message['params'], instances.get(target) ?? host)
          return
        }
        if (typeof key !== 'string') return
        const content = message['message']
        if (key === 'iframe.handshake') {
          const context = contextOf(host)
          deliver(guid, 'app.registered', { metadata: place.metadata(), context })
          return
        }
        if (key.startsWith('request:')) {
          void request(key, record(content))
          return
        }
        const [, verb, name = ''] = /^iframe\.(on|off|trigger|reply):(.+)$/.exec(key) ?? []
        if (verb === 'on' || verb === 'off') {
          listen(name, Number(record(content)['subscriberCount'] ?? 0), target)
        } else if (verb === 'trigger') {
          trigger(name, content, target)
        } else if (verb === 'reply') {
          const error = message['error']
          replies.get(name)?.(isRecord(error) ? String(error['msg'] ?? 'refused') : null)
        }
        // `session.live` and `__track__` of Zendesk's own SDK need no answer.
      },
      fire(event, payload) {
        for (const one of instances.values()) {
          if (one.listens(guid, event)) one.deliver(guid, event, payload)
        }
      },
      announce(event, payload) {
        if (listening.has(`${guid} ${event}`)) host.fire(event, payload)
        else held.set(event, payload)
      },
      async ask(hook) {
        if (!listening.has(`${guid} ${hook}`)) return { ok: true }
        const error = await new Promise<string | null>((resolve) => {
          replies.set(hook, resolve)
          setTimeout(() => resolve(null), hookPatience)
          send({ key: `zaf.${hook}`, needsReply: true, instanceGuid: guid })
        })
        replies.delete(hook)
        return error === null ? { ok: true } : { ok: false, message: error }
      },
      setActive(next) {
        if (next === active) return
        active = next
        for (const event of waking) {
          if (!next) host.fire(event.replace('activated', 'deactivated'))
          else if (listening.has(`${guid} ${event}`)) wake(event)
        }
      },
      close() {
        host.fire('app.willDestroy')
        instances.delete(guid)
      },
    }
    instances.set(guid, host)
    return host
  }

  return { open, hosts: () => [...instances.values()], find: (guid) => instances.get(guid) }
}

function isPane(place: ZafPlace): boolean {
  return place.context()['location'] === 'nav_bar'
}

function rest({ status, statusText, text }: ZafAnswer) {
  return { status, statusText, responseText: text }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function record(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {}
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

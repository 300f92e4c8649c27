import { useEffect, useState } from 'preact/hooks'

/** Where in the tab: the page and its filters, all of it in the hash so that it can be shared and gone back to. */
export interface Route {
  page: string
  query: Readonly<Record<string, string>>
}

/** Reads `#/customers?sort=-orders&q=kim`. */
export function readRoute(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#?\/?/, '').split('?')
  return { page: decodeURIComponent(path), query: Object.fromEntries(new URLSearchParams(search)) }
}

/** Writes a route as a hash; empty filters are left out. */
export function writeRoute({ page, query }: Route): string {
  const search = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ''))
  const text = search.toString()
  return `#/${encodeURIComponent(page)}${text === '' ? '' : `?${text}`}`
}

/** The route of the page, and what changes it; `replace` leaves no step to go back to. */
export function useRoute(): { route: Route; go: (next: Route, replace?: boolean) => void } {
  const [hash, setHash] = useState(location.hash)
  useEffect(() => {
    const follow = () => setHash(location.hash)
    addEventListener('hashchange', follow)
    // The address may have changed between the first drawing and now.
    follow()
    return () => removeEventListener('hashchange', follow)
  }, [])
  const go = (next: Route, replace = false) => {
    const written = writeRoute(next)
    if (written === location.hash) return
    if (replace) {
      history.replaceState(null, '', written)
      setHash(written)
    } else location.hash = written
  }
  return { route: readRoute(hash), go }
}

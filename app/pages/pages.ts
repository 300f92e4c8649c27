import type { FunctionComponent } from 'preact'
import type { Route } from '../router.ts'
import type { Key } from '../words.ts'

export interface PageProps {
  query: Route['query']
  /** Changes the page's filters; `replace` leaves no step to go back to. */
  change: (query: Route['query'], replace?: boolean) => void
}

/** The pages of the tab in order, each a chunk of its own. A page is here once it works. */
export const pages = [
  {
    id: 'customers',
    title: 'page.customers',
    load: async () => (await import('../customers/CustomersPage.tsx')).CustomersPage,
  },
  {
    id: 'satisfaction',
    title: 'page.satisfaction',
    load: async () => (await import('../satisfaction/SatisfactionPage.tsx')).SatisfactionPage,
  },
] as const satisfies readonly {
  id: string
  title: Key
  load: () => Promise<FunctionComponent<PageProps>>
}[]

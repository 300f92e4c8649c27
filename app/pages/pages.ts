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
    id: 'segments',
    title: 'page.segments',
    load: async () => (await import('../segments/SegmentsPage.tsx')).SegmentsPage,
  },
  {
    id: 'inquiries',
    title: 'page.inquiries',
    load: async () => (await import('../inquiries/InquiriesPage.tsx')).InquiriesPage,
  },
  {
    id: 'journeys',
    title: 'page.journeys',
    load: async () => (await import('../journeys/JourneysPage.tsx')).JourneysPage,
  },
  {
    id: 'satisfaction',
    title: 'page.satisfaction',
    load: async () => (await import('../satisfaction/SatisfactionPage.tsx')).SatisfactionPage,
  },
  {
    id: 'settings',
    title: 'page.settings',
    forAdmins: true,
    load: async () => (await import('../settings/SettingsPage.tsx')).SettingsPage,
  },
] as const satisfies readonly {
  id: string
  title: Key
  /** Others are not shown the way there. */
  forAdmins?: boolean
  load: () => Promise<FunctionComponent<PageProps>>
}[]

import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Api } from './api.ts'
import type { Boot } from './boot.ts'
import type { Zaf } from './zaf.ts'

/** What a page has around it. */
export interface Surroundings {
  api: Api
  zaf: Zaf
  account: Boot['account']
  location: Boot['location']
  /** What the page may offer; what may be done is decided at the Worker. */
  role: Boot['user']['role']
  now: () => number
}

export const SurroundingsContext = createContext<Surroundings | null>(null)

export function useSurroundings(): Surroundings {
  const around = useContext(SurroundingsContext)
  if (around === null) throw new Error('A page is shown without its surroundings.')
  return around
}

import { useState } from 'preact/hooks'
import { ApiError } from '../api.ts'

/** How the last saving of a section went. */
export type Saved = 'saved' | 'busy' | { wrong: string } | null

/** Carries out a change and tells how it went; what the interface refuses is told in its words. */
export function useSave(): [Saved, (work: () => Promise<unknown>) => Promise<boolean>, () => void] {
  const [state, setState] = useState<Saved>(null)
  const run = async (work: () => Promise<unknown>) => {
    setState('busy')
    try {
      await work()
      setState('saved')
      return true
    } catch (error) {
      const refused = error instanceof ApiError && (error.status === 422 || error.status === 409)
      setState({ wrong: refused ? error.message : '' })
      return false
    }
  }
  return [state, run, () => setState(null)]
}

import { useCallback } from 'preact/hooks'
import { useAnswer } from '../answers.ts'
import { useSurroundings } from '../surroundings.ts'

export interface SegmentRow {
  key: string
  name: string
  size: number | null
}

/** The account's segments with their sizes, asked again now and then. */
export function useSegments() {
  const { api } = useSurroundings()
  const load = useCallback(
    (signal: AbortSignal) => api.get<{ items: SegmentRow[] }>('/segments', { limit: 200 }, signal),
    [api],
  )
  return useAnswer('segments', { load, pace: () => 300_000 })
}

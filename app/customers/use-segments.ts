import { useCallback } from 'preact/hooks'
import { useAnswer } from '../answers.ts'
import { useSurroundings } from '../surroundings.ts'
import { useWords } from '../words.ts'

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

/** Names segments by their keys: default ones in the reader's language, others as the shop calls them. */
export function useSegmentNames(): (key: string) => string {
  const { maybe } = useWords()
  const segments = useSegments().data?.items ?? []
  return (key) => maybe(`segment.${key}`) ?? segments.find((one) => one.key === key)?.name ?? key
}

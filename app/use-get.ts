import { useCallback } from 'preact/hooks'
import { useAnswer } from './answers.ts'
import type { Query } from './api.ts'
import { useSurroundings } from './surroundings.ts'

/** The answer of a GET, asked again when its address changes. */
export function useGet<Body>(path: string, query: Query) {
  const { api } = useSurroundings()
  const text = JSON.stringify(query)
  const load = useCallback(
    (signal: AbortSignal) => {
      const parameters: Query = JSON.parse(text)
      return api.get<Body>(path, parameters, signal)
    },
    [api, path, text],
  )
  return useAnswer(`${path} ${text}`, { load })
}

import type { Scalar } from '../../worker/segments/rule.ts'
import { useEffect, useState } from 'preact/hooks'
import type { FieldOf } from '../../worker/fields/catalog.ts'
import { useGet } from '../use-get.ts'
import { useSurroundings } from '../surroundings.ts'
import { type Names, noNames } from './facts.ts'

/** The shop's own names for the editor; empty while they are not known. */
export function useNames(): Names {
  return useGet<Names>('/fields', {}).data ?? noNames
}

/** Ms without a key press before values are looked up. */
const pause = 200

/** Values of a field that contain a text; the answer to an earlier text is given up. */
export function useValues(field: { of: FieldOf; name: string } | null, text: string): Scalar[] {
  const { api } = useSurroundings()
  const [values, setValues] = useState<Scalar[]>([])
  const of = field?.of
  const name = field?.name ?? ''
  useEffect(() => {
    setValues([])
    if (of === undefined) return undefined
    const flight = new AbortController()
    const timer = setTimeout(() => {
      const query = { of, name, q: text, limit: 20 }
      api
        .get<{ items: Scalar[] }>('/fields/values', query, flight.signal)
        .then(({ items }) => setValues(items))
        .catch(() => {
          // Nothing to choose from: what is typed counts all the same.
        })
    }, pause)
    return () => {
      clearTimeout(timer)
      flight.abort()
    }
  }, [api, of, name, text])
  return values
}

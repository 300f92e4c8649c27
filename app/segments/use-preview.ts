import { useCallback, useEffect, useState } from 'preact/hooks'
import type { Rule } from '../../worker/segments/rule.ts'
import { ApiError } from '../api.ts'
import { useSurroundings } from '../surroundings.ts'
import type { Preview } from './shapes.ts'

/** Ms without a change before the preview follows. */
const pause = 400

/** What saving a rule would do, as it is written; an answer to an earlier state of it is left out. */
export function usePreview(key: string | null, rule: Rule | null, basis: string | null) {
  const { api } = useSurroundings()
  const [preview, setPreview] = useState<Preview | null>(null)
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<string | null>(null)
  const text = rule === null ? null : JSON.stringify({ ...(key !== null && { key }), rule, basis })
  const ask = useCallback(
    async (body: string, isLate: () => boolean) => {
      try {
        const next = await api.send<Preview>('POST', '/segments/preview', JSON.parse(body))
        if (isLate()) return
        setPreview(next)
        setWrong(null)
      } catch (error) {
        if (isLate()) return
        setWrong(error instanceof ApiError && error.status === 422 ? error.message : '')
      }
      setBusy(false)
    },
    [api],
  )
  useEffect(() => {
    if (text === null) return undefined
    let isLate = false
    setBusy(true)
    const timer = setTimeout(() => {
      void ask(text, () => isLate)
    }, pause)
    return () => {
      isLate = true
      clearTimeout(timer)
    }
  }, [ask, text])
  return { preview, busy, wrong, isWritten: text !== null }
}

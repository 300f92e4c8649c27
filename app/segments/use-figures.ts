import { useCallback } from 'preact/hooks'
import { useAnswer } from '../answers.ts'
import { useSurroundings } from '../surroundings.ts'
import type { HistoryDay } from './shapes.ts'

/** Segments that one question may name. */
const most = 20

/** The last days of some segments, by key; `currency` of their amounts. */
export function useFigures(keys: readonly string[]) {
  const { api } = useSurroundings()
  const text = keys.join(',')
  const load = useCallback(
    async (signal: AbortSignal) => {
      const all = text === '' ? [] : text.split(',')
      const days = new Map<string, HistoryDay[]>()
      let currency = ''
      for (let at = 0; at < all.length; at += most) {
        const query = { keys: all.slice(at, at + most).join(','), days: 8 }
        // oxlint-disable-next-line no-await-in-loop -- one after the other: each reads everybody
        const answer = await api.get<{
          items: { key: string; days: HistoryDay[] }[]
          currency: string
        }>('/segment-histories', query, signal)
        for (const one of answer.items) days.set(one.key, one.days)
        currency = answer.currency
      }
      return { days, currency }
    },
    [api, text],
  )
  return useAnswer(`segment figures ${text}`, { load, pace: () => 300_000 })
}

import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { useSurroundings } from '../surroundings.ts'
import type { Arrow, BoardNode, Drawing, Movement } from './shapes.ts'

export interface Period {
  from: string
  to: string
  parity: boolean
}

/** What is counted so far; another object whenever it is more. */
export interface Known {
  of: (arrow: Arrow) => Movement | undefined
  /** Members on the last day; undefined where it is not counted. */
  sizeOf: (key: string) => number | undefined
}

export interface Counts {
  known: Known
  error: unknown
  busy: boolean
  ask: () => void
}

interface Counted {
  items: Movement[]
  nodes: { key: string; size: number }[]
}

/** A question, and under which names its answers are kept. */
interface Asking {
  question: Period & { arrows: Arrow[]; nodes: { key: string; rule: unknown }[] }
  arrowNames: string[]
  nodeNames: Record<string, string>
}

/** What a question needs of the nodes at its arrows. */
export function nodesFor(nodes: readonly BoardNode[], arrows: readonly Arrow[]) {
  const keys = new Set(arrows.flatMap(({ source, target }) => [source, target]))
  return nodes.flatMap(({ key, rule }) =>
    rule !== undefined && keys.has(key) ? [{ key, rule }] : [],
  )
}

/**
 * Figures of a board's arrows. What was counted is kept for the life of the page, so that after a rewiring only the
 * new arrow is asked for; coming back to the page counts again, and shows what was known until then.
 */
export function useCounts(drawing: Drawing, period: Period): Counts {
  const { api } = useSurroundings()
  const movements = useRef(new Map<string, { value: Movement; round: number }>())
  const sizes = useRef(new Map<string, number>())
  const [error, setError] = useState<unknown>(null)
  const [stamp, setStamp] = useState(0)
  const [round, setRound] = useState(0)
  const [busy, setBusy] = useState(false)
  const { nodes, arrows } = drawing
  const days = JSON.stringify(period)
  const nodeName = useCallback(
    (key: string) => {
      const rule = nodes.find((one) => one.key === key)?.rule ?? null
      return `${days} ${key} ${JSON.stringify(rule)}`
    },
    [days, nodes],
  )
  const nameOf = ({ source, target }: Arrow) => `${nodeName(source)}\n${nodeName(target)}`
  const missing = arrows.filter((arrow) => movements.current.get(nameOf(arrow))?.round !== round)
  const isNothing = missing.length === 0
  const asking = JSON.stringify({
    question: {
      ...period,
      arrows: missing.map(({ source, target }) => ({ source, target })),
      nodes: nodesFor(nodes, missing),
    },
    arrowNames: missing.map(nameOf),
    nodeNames: Object.fromEntries(nodes.map(({ key }) => [key, nodeName(key)])),
  } satisfies Asking)
  useEffect(() => {
    const { question, arrowNames, nodeNames }: Asking = JSON.parse(asking)
    if (question.arrows.length === 0) return undefined
    let given = false
    setBusy(true)
    setError(null)
    const count = async () => {
      try {
        const counted = await api.send<Counted>('POST', '/movements', question)
        counted.items.forEach((value, at) =>
          movements.current.set(arrowNames[at] ?? '', { value, round }),
        )
        for (const { key, size } of counted.nodes) sizes.current.set(nodeNames[key] ?? '', size)
        setStamp((times) => times + 1)
        if (!given) setBusy(false)
      } catch (reason) {
        if (given) return
        setBusy(false)
        setError(reason)
      }
    }
    void count()
    return () => {
      given = true
    }
  }, [api, asking, round])
  useEffect(() => {
    const seen = () => {
      if (!document.hidden) setRound((count) => count + 1)
    }
    document.addEventListener('visibilitychange', seen)
    return () => document.removeEventListener('visibilitychange', seen)
  }, [])
  const known = useMemo(
    () => ({
      of: ({ source, target }: Arrow) =>
        movements.current.get(`${nodeName(source)}\n${nodeName(target)}`)?.value,
      sizeOf: (key: string) => sizes.current.get(nodeName(key)),
      stamp,
    }),
    [nodeName, stamp],
  )
  return {
    known,
    error: isNothing ? null : error,
    busy: busy && !isNothing,
    ask: () => setRound(round + 1),
  }
}

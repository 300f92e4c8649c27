import { useCallback, useContext, useEffect, useState } from 'preact/hooks'
import { createContext } from 'preact'

/** What is known of one question to the API. */
export interface Answer<T> {
  /** The last good answer; undefined before the first. */
  data: T | undefined
  /** Why the last try failed; null when it did not. */
  error: unknown
  /** Tries that failed since the last good one. */
  failures: number
  busy: boolean
}

interface Entry {
  answer: Answer<unknown>
  flight: AbortController | null
  readers: Set<() => void>
}

/** Answers by question, kept for the life of the page so that a known one shows at once. */
export type Answers = Map<string, Entry>

/** So many answers are kept; the one longest unused goes first. */
const most = 60

export const AnswersContext = createContext<Answers>(new Map())

const unanswered: Answer<unknown> = { data: undefined, error: null, failures: 0, busy: false }

export interface Asking<T> {
  load: (signal: AbortSignal) => Promise<T>
  /** Ms until the question is asked again; false: only when something happens. */
  pace?: (answer: Answer<T>) => number | false
}

/**
 * The answer to a question, named by `key`: asked when it comes up, when the page comes back into view or on line,
 * and at its pace while the page is seen. An answer belongs to its key, so a late one never shows in another's place.
 */
export function useAnswer<T>(key: string, asking: Asking<T>): Answer<T> & { ask: () => void } {
  const answers = useContext(AnswersContext)
  const [, redraw] = useState(0)
  const entry = entryOf(answers, key)
  const { load, pace } = asking
  const ask = useCallback(() => void send(entryOf(answers, key), load), [answers, key, load])

  useEffect(() => {
    const read = () => redraw((count) => count + 1)
    entry.readers.add(read)
    ask()
    return () => {
      entry.readers.delete(read)
      if (entry.readers.size === 0) entry.flight?.abort()
    }
  }, [entry, ask])

  const answer = typed<T>(entry.answer)
  const wait = answer.busy ? false : (pace?.(answer) ?? false)
  useEffect(() => {
    if (wait === false) return undefined
    const timer = setTimeout(() => {
      if (!document.hidden) ask()
    }, wait)
    return () => clearTimeout(timer)
  }, [answer, wait, ask])

  useEffect(() => {
    const seen = () => {
      if (!document.hidden) ask()
    }
    document.addEventListener('visibilitychange', seen)
    addEventListener('online', ask)
    return () => {
      document.removeEventListener('visibilitychange', seen)
      removeEventListener('online', ask)
    }
  }, [ask])

  return { ...answer, ask }
}

/** A key is asked with one type of answer only. */
function typed<T>(answer: Answer<unknown>): Answer<T> {
  return answer as Answer<T>
}

function entryOf(answers: Answers, key: string): Entry {
  const entry = answers.get(key) ?? { answer: unanswered, flight: null, readers: new Set() }
  answers.delete(key)
  answers.set(key, entry)
  for (const [old, { readers }] of answers) {
    if (answers.size <= most) break
    if (readers.size === 0 && old !== key) answers.delete(old)
  }
  return entry
}

/** One request at a time for a key; what was given up changes nothing. */
async function send(entry: Entry, load: (signal: AbortSignal) => Promise<unknown>): Promise<void> {
  if (entry.flight !== null) return
  const flight = new AbortController()
  entry.flight = flight
  const settle = (answer: Answer<unknown>) => {
    entry.answer = answer
    for (const read of entry.readers) read()
  }
  settle({ ...entry.answer, busy: true })
  try {
    const data = await load(flight.signal)
    entry.flight = null
    settle({ data, error: null, failures: 0, busy: false })
  } catch (error) {
    entry.flight = null
    const { answer } = entry
    settle(
      flight.signal.aborted
        ? { ...answer, busy: false }
        : { ...answer, error, failures: answer.failures + 1, busy: false },
    )
    if (flight.signal.aborted && entry.readers.size > 0) await send(entry, load)
  }
}

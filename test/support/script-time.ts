interface TraceEvent {
  name: string
  /** Microseconds: when it began, how long it took, and how long its thread worked. */
  ts: number
  dur?: number
  tdur?: number
  args: unknown
}

/**
 * Milliseconds that scripts of an origin worked, from a trace of the browser. A call inside another is part of it; the
 * thread's own time is counted, not the time it waited for a processor.
 */
export function scriptTime(trace: Buffer, origin: string): number {
  const { traceEvents }: { traceEvents: TraceEvent[] } = JSON.parse(trace.toString('utf8'))
  const calls = traceEvents
    .filter(({ name }) => ['EvaluateScript', 'FunctionCall', 'v8.evaluateModule'].includes(name))
    .filter(({ args }) => JSON.stringify(args).includes(origin))
    .toSorted((a, b) => a.ts - b.ts)
  let [sum, until] = [0, 0]
  for (const { ts, dur = 0, tdur = dur } of calls) {
    if (ts >= until) sum += tdur / 1_000
    until = Math.max(until, ts + dur)
  }
  return sum
}

import type { Result } from './upload.ts'
import type { Summary } from './resume.ts'

const count = new Intl.NumberFormat('en')

/** A stream that may be a terminal. */
export interface Output {
  isTTY?: boolean | undefined
  columns?: number | undefined
  write(text: string): unknown
}

export interface Display {
  progress(fraction: number, summary: Summary): void
  note(text: string): void
  /** Ends the line of the bar. */
  end(): void
}

/** A bar that redraws itself on a terminal; elsewhere a plain line at every tenth of the work. */
export function displayOn(output: Output): Display {
  const live = output.isTTY === true
  let tenth = -1
  let drawn = false
  const clear = () => {
    if (drawn) output.write('\r\u001B[K')
    drawn = false
  }
  return {
    progress(fraction, summary) {
      const percent = Math.min(100, Math.floor(fraction * 100))
      const words = `${count.format(summary.received)} records, ${count.format(summary.changed)} changed, ${count.format(summary.rejected)} rejected`
      if (live) {
        const width = Math.max(10, Math.min(40, (output.columns ?? 80) - words.length - 10))
        const full = Math.round((width * percent) / 100)
        clear()
        output.write(`${'█'.repeat(full)}${'░'.repeat(width - full)} ${percent} %  ${words}`)
        drawn = true
      } else if (Math.floor(percent / 10) > tenth) {
        tenth = Math.floor(percent / 10)
        output.write(`${percent} %: ${words}\n`)
      }
    },
    note(text) {
      clear()
      output.write(`${text}\n`)
    },
    end: clear,
  }
}

/** The summary of an import, for a person. */
export function summaryOf(result: Result, seconds: number): string {
  const shown = result.errors.slice(0, 10)
  const more = result.rejected - shown.length
  return [
    `received  ${count.format(result.received)}`,
    `changed   ${count.format(result.changed)}`,
    `unchanged ${count.format(result.unchanged)}`,
    `rejected  ${count.format(result.rejected)}`,
    `${count.format(result.leftOut)} rows left out by the map; ${seconds.toFixed(1)} s`,
    ...(result.resumed > 0
      ? [`${count.format(result.resumed)} records had been sent by an interrupted run`]
      : []),
    ...shown.map(({ line, column, message }) => `  line ${line}, ${column}: ${message}`),
    ...(shown.length > 0 && more > 0 ? [`  and ${count.format(more)} more`] : []),
  ].join('\n')
}

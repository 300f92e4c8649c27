type Cell = string | number | boolean | null | undefined

/** A cell; text that a spreadsheet would take for a formula gets an apostrophe. */
function cellText(cell: Cell): string {
  if (cell === null || cell === undefined) return ''
  if (typeof cell !== 'string') return String(cell)
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A line of comma-separated values (RFC 4180), with its end. */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(cellText).join(',')}\r\n`
}

/** A CSV file as an answer; begins with the mark by which spreadsheets know UTF-8. */
export function csvAnswer(name: string, lines: readonly string[]): Response {
  return new Response(`\uFEFF${lines.join('')}`, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${name}.csv"`,
    },
  })
}

/** A CSV file that is made while it is sent: pieces of any number of lines. */
export function csvStream(
  name: string,
  pieces: AsyncIterable<string>,
  headers: Record<string, string> = {},
): Response {
  const encoder = new TextEncoder()
  const iterator = pieces[Symbol.asyncIterator]()
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode('\uFEFF')),
    async pull(controller) {
      const { value, done } = await iterator.next()
      if (done === true) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    // Who stops reading must not leave the rest being made.
    cancel: async () => void (await iterator.return?.()),
  })
  return new Response(body, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${name}.csv"`,
      ...headers,
    },
  })
}

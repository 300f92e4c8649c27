import { createReadStream, statSync } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { parse } from 'csv-parse'
import type { Row } from './reader.ts'

/** A file being read: its header, then its rows; `fraction` says how much of it has been read. */
export interface CsvFile {
  header: readonly string[]
  rows: AsyncIterable<Row>
  fraction(): number
}

interface Parsed {
  record: string[]
  info: { lines: number }
}

/** Opens a CSV file, plain or gzip by its name; quoted cells may span lines. */
export async function openCsv(file: string): Promise<CsvFile> {
  const size = statSync(file).size
  let read = 0
  const bytes = createReadStream(file, { highWaterMark: 256 * 1024 })
  bytes.on('data', (chunk) => {
    read += chunk.length
  })
  const parser = parse({ bom: true, info: true, skip_empty_lines: true, relax_column_count: true })
  const fail = (error: Error) => parser.destroy(error)
  bytes.on('error', fail)
  if (file.endsWith('.gz')) bytes.pipe(createGunzip().on('error', fail)).pipe(parser)
  else bytes.pipe(parser)

  const parsed: AsyncIterator<Parsed> = parser[Symbol.asyncIterator]()
  const first = await parsed.next()
  return {
    header: first.done === true ? [] : first.value.record.map((name) => name.trim()),
    rows: rowsOf(parsed),
    fraction: () => (size === 0 ? 1 : read / size),
  }
}

async function* rowsOf(parsed: AsyncIterator<Parsed>): AsyncGenerator<Row> {
  for (;;) {
    const next = await parsed.next()
    if (next.done === true) return
    yield { line: next.value.info.lines, cells: next.value.record }
  }
}

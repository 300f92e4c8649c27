import type { FieldError } from '../errors.ts'
import { AppError } from '../errors.ts'

const jsonLimit = 2_000_000
const ndjsonLimit = 20_000_000

/** One element of a body: its line (NDJSON) or position (array), from 1, and the value or why it is none. */
export type Entry =
  | { line: number; value: unknown; error?: never }
  | { line: number; error: FieldError; value?: never }

function tooLarge(limit: number, line: number): AppError {
  return new AppError(
    'too_large',
    `The body is above ${limit / 1_000_000} MB. What stands before line ${line} may be stored; send smaller bodies.`,
  )
}

/**
 * Yields the records of a request body: a JSON array (2 MB) or NDJSON (20 MB), gzip accepted, both limits
 * after decompression. Throws when the body as a whole cannot be read.
 */
export async function* entries(request: Request): AsyncGenerator<Entry> {
  const type = (request.headers.get('Content-Type') ?? '').split(';')[0]?.trim().toLowerCase()
  const encoding = request.headers.get('Content-Encoding')?.trim().toLowerCase() ?? 'identity'
  if (encoding !== 'identity' && encoding !== 'gzip') {
    throw new AppError('unsupported', 'Content-Encoding: send gzip or nothing.')
  }
  if (request.body === null) throw new AppError('malformed', 'The body is empty.')
  const bytes =
    encoding === 'gzip' ? request.body.pipeThrough(new DecompressionStream('gzip')) : request.body
  if (type === 'application/x-ndjson') yield* lines(bytes)
  else if (type === 'application/json') yield* elements(bytes)
  else {
    throw new AppError(
      'unsupported',
      'Content-Type: send application/json or application/x-ndjson.',
    )
  }
}

/** Reads text chunk by chunk and stops above the limit; broken gzip or UTF-8 is the sender's error. */
async function* decoded(
  bytes: ReadableStream<Uint8Array>,
  limit: number,
  line: () => number,
): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false })
  let size = 0
  const reader = bytes.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      size += value.byteLength
      if (size > limit) throw tooLarge(limit, line())
      yield decoder.decode(value, { stream: true })
    }
    yield decoder.decode()
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    throw new AppError(
      'malformed',
      `The body breaks off or is not gzip/UTF-8 near line ${line()}.`,
      {
        cause,
      },
    )
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

async function* lines(bytes: ReadableStream<Uint8Array>): AsyncGenerator<Entry> {
  let line = 1
  let rest = ''
  for await (const text of decoded(bytes, ndjsonLimit, () => line)) {
    const parts = (rest + text).split('\n')
    rest = parts.pop() ?? ''
    for (const part of parts) {
      if (part.trim() !== '') yield parsed(part, line)
      line += 1
    }
  }
  if (rest.trim() !== '') yield parsed(rest, line)
}

function parsed(text: string, line: number): Entry {
  try {
    return { line, value: JSON.parse(text) }
  } catch {
    return { line, error: { line, path: '', message: 'not valid JSON' } }
  }
}

async function* elements(bytes: ReadableStream<Uint8Array>): AsyncGenerator<Entry> {
  let text = ''
  for await (const part of decoded(bytes, jsonLimit, () => 1)) text += part
  let values: unknown
  try {
    values = JSON.parse(text)
  } catch (cause) {
    throw new AppError('malformed', 'The body is not valid JSON.', { cause })
  }
  if (!Array.isArray(values)) throw new AppError('malformed', 'The body is not a JSON array.')
  let line = 1
  for (const value of values) {
    yield { line, value }
    line += 1
  }
}

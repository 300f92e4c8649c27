/** Rapport's own HTTP interface, as any other system uses it. */
export interface RapportApi {
  /** Sends JSON and reads the answer. Throws with the answer's text when the status is not 2xx. */
  call: (method: string, path: string, body?: unknown) => Promise<unknown>
  /** Sends records as NDJSON, in bodies of at most `chunk` lines. */
  send: (
    path: string,
    records: readonly unknown[],
    progress?: (sent: number) => void,
  ) => Promise<void>
}

/** Lines of one NDJSON body: small enough to show progress, large enough to be few. */
const chunk = 500

export function rapportApi(base: () => URL, key: string): RapportApi {
  const request = async (method: string, path: string, type: string, body?: string) => {
    const response = await fetch(new URL(path, base()), {
      method,
      headers: {
        Authorization: `Bearer ${key}`,
        ...(body !== undefined && { 'Content-Type': type }),
      },
      ...(body !== undefined && { body }),
    })
    const text = await response.text()
    if (!response.ok) {
      throw new Error(`${method} ${path} answered ${response.status}: ${text.slice(0, 500)}`)
    }
    return text === '' ? null : JSON.parse(text)
  }
  return {
    call: (method, path, body) =>
      request(method, path, 'application/json', body === undefined ? body : JSON.stringify(body)),
    async send(path, records, progress) {
      for (let start = 0; start < records.length; start += chunk) {
        const lines = records.slice(start, start + chunk).map((record) => JSON.stringify(record))
        const answer = await request('PUT', path, 'application/x-ndjson', lines.join('\n'))
        const rejected = rejectedOf(answer)
        if (rejected > 0)
          throw new Error(
            `${path} rejected ${rejected} records: ${JSON.stringify(answer).slice(0, 800)}`,
          )
        progress?.(Math.min(start + chunk, records.length))
      }
    },
  }
}

function rejectedOf(answer: unknown): number {
  if (typeof answer !== 'object' || answer === null || !('rejected' in answer)) return 0
  return Number(answer.rejected)
}

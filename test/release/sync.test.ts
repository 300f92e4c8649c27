import { expect, test } from 'vitest'
import { syncOnce } from './sync.ts'

const stream = (done: number, state: string) => ({ name: 'tickets', state, done, total: 2_000 })

test('tells how far the help desk has been read, and ends when everything is here', async () => {
  const answers = [
    { state: 'connected', upTo: null, waiting: 0, streams: [stream(0, 'waiting')] },
    { state: 'connected', upTo: null, waiting: 0, streams: [stream(1_000, 'reading')] },
    { state: 'connected', upTo: null, waiting: 0, streams: [stream(1_000, 'reading')] },
    {
      state: 'connected',
      upTo: '2999-01-01T00:00:00Z',
      waiting: 0,
      streams: [stream(2_000, 'following')],
    },
  ]
  const asked: string[] = []
  const lines: string[] = []
  const ask = async (method: string, path: string) => {
    asked.push(`${method} ${path}`)
    return method === 'GET' ? { items: [answers.shift()] } : null
  }
  expect(await syncOnce(ask, (line) => lines.push(line), 0)).toBe(true)
  expect(asked[0]).toBe('POST /v1/connections/zendesk/retry')
  expect(lines).toEqual([
    'tickets waiting 0/2000',
    'tickets reading 1000/2000',
    'tickets following 2000/2000',
    'everything until 2999-01-01T00:00:00Z is here',
  ])
})

test('says that nothing is connected', async () => {
  const lines: string[] = []
  const ask = async () => ({ items: [{ state: 'broken', trouble: 'unauthorized', streams: [] }] })
  expect(await syncOnce(ask, (line) => lines.push(line), 0)).toBe(false)
  expect(lines).toEqual(['not connected: unauthorized'])
})

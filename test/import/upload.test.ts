import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { readOptions } from './arguments.ts'
import { displayOn, summaryOf } from './display.ts'
import { openCsv } from './rows.ts'
import { type Target, waitOf } from './send.ts'
import { type StandIn, openStandIn } from './stand-in.ts'
import { type Result, upload } from './upload.ts'

const folder = mkdtempSync(join(tmpdir(), 'import-'))
afterAll(() => rmSync(folder, { recursive: true }))

const header = 'Nr,Who,When,Sum'
const options = readOptions([
  'orders',
  'x.csv',
  '--map',
  'id=Nr,customer.id=Who,placedAt=When,total=Sum,currency=:EUR,channel=:web,status=:paid',
])

function fileOf(name: string, lines: readonly string[], head = header): string {
  const file = join(folder, name)
  const text = [head, ...lines, ''].join('\n')
  writeFileSync(file, name.endsWith('.gz') ? gzipSync(text) : text)
  return file
}

const orderLines = (count: number) =>
  Array.from({ length: count }, (_, index) => `${index},c${index % 7},2026-01-02,${index}.50`)

function target(server: StandIn, waits: number[] = []): Target {
  return {
    url: server.url,
    key: 'k',
    fetch,
    sleep: async (milliseconds) => waits.push(milliseconds),
    onRetry: () => {},
  }
}

async function send(
  server: StandIn,
  file: string,
  more: { target?: Target } = {},
): Promise<Result> {
  return await upload({
    file: await openCsv(file),
    map: options.map,
    target: more.target ?? target(server),
    job: 'job',
    resumeFile: join(folder, `${file.split('/').at(-1)}.resume`),
    onProgress: () => {},
  })
}

describe('the upload', () => {
  test('sends gzipped bodies of at most 2,000 records and adds up the answers', async () => {
    await using server = await openStandIn('k')
    const result = await send(server, fileOf('many.csv.gz', orderLines(4500)))
    expect(server.bodies).toEqual([2000, 2000, 500])
    expect(result).toEqual({
      received: 4500,
      changed: 4500,
      unchanged: 0,
      rejected: 0,
      errors: [],
      leftOut: 0,
      resumed: 0,
    })
    expect(server.stored.get('orders 4499')).toBe(
      '{"id":"4499","customer":{"id":"c5"},"placedAt":"2026-01-02T00:00:00Z","total":449950,"currency":"EUR","channel":"web","status":"paid"}',
    )
  })

  test('cuts bodies by size as well', async () => {
    await using server = await openStandIn('k')
    const long = 'x'.repeat(30_000)
    const lines = Array.from({ length: 300 }, (_, index) => `${index},${long},2026-01-02,1`)
    await send(server, fileOf('long.csv', lines))
    expect(server.bodies).toEqual([133, 133, 34])
  })

  test('names file line and column of what is rejected here and there', async () => {
    await using server = await openStandIn('k')
    const file = fileOf('bad.csv', [
      '1,a,2026-01-02,1.00',
      '2,a,,1.00',
      '3,a,2026-01-02,much',
      '"4","a\nb",2026-01-02,1.00',
      ',a,2026-01-02,1.00',
    ])
    const result = await send(server, file)
    expect(result).toMatchObject({ received: 5, changed: 2, rejected: 3 })
    expect(result.errors).toEqual([
      { line: 4, column: 'Sum', message: '"much" is not an amount' },
      { line: 3, column: 'When', message: 'is required' },
      { line: 7, column: 'Nr', message: 'is required' },
    ])
    expect(summaryOf(result, 1.25)).toContain('  line 3, When: is required')
  })

  test('counts a body that is refused whole as rejected lines', async () => {
    await using server = await openStandIn('k')
    const result = await send(server, fileOf('none.csv', ['1,a,,1.00', '2,a,,1.00']))
    expect(result).toMatchObject({ received: 2, changed: 0, rejected: 2 })
  })

  test('tries again on 429, 5xx and a broken connection, waiting as long as it is asked to', async () => {
    await using server = await openStandIn('k')
    server.faults.push({ status: 429, retryAfter: '7' }, { status: 503 }, 'drop')
    const waits: number[] = []
    const result = await send(server, fileOf('faults.csv', orderLines(10)), {
      target: target(server, waits),
    })
    expect(result.changed).toBe(10)
    expect(waits).toEqual([7000, 1000, 2000])
  })

  test('gives up after eight tries, and the next run goes on after the last answered body', async () => {
    await using server = await openStandIn('k')
    const file = fileOf('resume.csv', orderLines(5000))
    const inner = target(server)
    let sent = 0
    const flaky: Target = {
      ...inner,
      fetch: async (input, init) => {
        sent += 1
        if (sent > 1) throw new Error('no network')
        return await fetch(input, init)
      },
    }
    await expect(send(server, file, { target: flaky })).rejects.toThrow(
      'does not answer, 8 times. Run the same command to resume.',
    )
    expect(sent).toBe(9)
    const result = await send(server, file)
    expect(server.bodies).toEqual([2000, 2000, 1000])
    expect(result).toMatchObject({ received: 5000, changed: 5000, resumed: 2000 })
  })

  test.each([
    [{ key: 'wrong' }, 'The key is not known. Give the key with --key or RAPPORT_ADMIN_KEY.'],
    [{ kind: 'shoes' }, 'Not found'],
  ])('stops at once when trying again is no use: %j', async (change, message) => {
    await using server = await openStandIn('k')
    const waits: number[] = []
    const sending = upload({
      file: await openCsv(fileOf('stop.csv', orderLines(1))),
      map: 'kind' in change ? { ...options.map, kind: 'messages' } : options.map,
      target: { ...target(server, waits), ...('key' in change && { key: change.key ?? '' }) },
      job: 'job',
      resumeFile: join(folder, 'stop.resume'),
      onProgress: () => {},
    })
    await expect(sending).rejects.toThrow(message)
    expect(waits).toEqual([])
  })

  test('names the columns that the file lacks', async () => {
    await using server = await openStandIn('k')
    await expect(send(server, fileOf('lacks.csv', ['1,2'], 'Nr,Who'))).rejects.toThrow(
      'The file has no column When, Sum. It has Nr, Who.',
    )
  })
})

test.each([
  ['3', 3000, 'seconds'],
  ['Thu, 01 Jan 1970 00:00:10 GMT', 9000, 'a date'],
  ['soon', 4000, 'nonsense falls back'],
  [null, 4000, 'nothing falls back'],
  ['86400', 300_000, 'never longer than five minutes'],
])('Retry-After %o waits %d ms: %s', (header, wait, _because) => {
  expect(waitOf(header, 3, 1000)).toBe(wait)
})

const drawn = (isTTY: boolean) => {
  const texts: string[] = []
  const display = displayOn({ isTTY, columns: 80, write: (text) => texts.push(text) })
  const summary = { received: 2000, changed: 1999, unchanged: 0, rejected: 1, errors: [] }
  display.progress(0.5, summary)
  display.progress(0.51, summary)
  display.end()
  return texts
}

test('the display draws a bar on a terminal and plain lines elsewhere', () => {
  expect(drawn(true)).toEqual([
    '███████████████░░░░░░░░░░░░░░░ 50 %  2,000 records, 1,999 changed, 1 rejected',
    '\r\u001B[K',
    '███████████████░░░░░░░░░░░░░░░ 51 %  2,000 records, 1,999 changed, 1 rejected',
    '\r\u001B[K',
  ])
  expect(drawn(false)).toEqual(['50 %: 2,000 records, 1,999 changed, 1 rejected\n'])
})

const command = async (server: StandIn, file: string, env: Record<string, string>) =>
  await promisify(execFile)(
    process.execPath,
    [
      'test/import/import.ts',
      'refunds',
      file,
      '--url',
      `${server.url}/`,
      '--where',
      'Who!=x',
      '--map',
      'id=Nr,customer.id=Who,at=When,amount=Sum,currency=:EUR',
    ],
    { env: { ...process.env, RAPPORT_ADMIN_KEY: '', ...env } },
  )

describe('the command', () => {
  test('imports with the key of a local run, tells the outcome, and the second time nothing changes', async () => {
    await using server = await openStandIn('k')
    const file = fileOf('cli.csv', ['1,a,2026-01-02,1.00', '2,x,2026-01-02,1.00'])
    writeFileSync(join(folder, 'local.json'), '{"adminKey":"k"}')
    const first = await command(server, file, { RAPPORT_STATE: folder })
    expect(first.stdout).toContain(
      'received  1\nchanged   1\nunchanged 0\nrejected  0\n1 rows left out',
    )
    expect(first.stderr).toBe('')
    const second = await command(server, file, { RAPPORT_STATE: folder })
    expect(second.stdout).toContain('changed   0\nunchanged 1\n')
  })

  test('ends with 2 and a sentence when the file or the key is missing', async () => {
    await using server = await openStandIn('k')
    const file = join(folder, 'absent.csv')
    expect(existsSync(file)).toBe(false)
    await expect(command(server, file, { RAPPORT_ADMIN_KEY: 'k' })).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('no such file'),
    })
    await expect(
      command(server, file, { RAPPORT_STATE: join(folder, 'nowhere') }),
    ).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining('--key is missing') })
  })
})

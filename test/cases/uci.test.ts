import { beforeAll, describe, expect, test } from 'vitest'
import { tally } from '../../worker/cases/figures.ts'
import { gapOf } from '../../worker/cases/group.ts'
import { conversion, type RecordObject } from '../import/convert.ts'
import { uciIncidents } from '../import/maps/uci-incidents.ts'
import { openCsv } from '../import/rows.ts'
import { casesOf, inOrder, type TestTicket } from '../support/cases.ts'
import { dataFile } from '../support/data.ts'

const file = dataFile('uci_incidents/incident_event_log.csv.gz')

interface Incident extends TestTicket {
  caller: string
  category: string
  channel: string
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : '')

function incidentOf(record: RecordObject): Incident {
  const object = (value: unknown): Record<string, unknown> =>
    typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}
  const solved = textOf(record['solvedAt'])
  const status = textOf(record['status'])
  return {
    id: textOf(record['id']),
    caller: textOf(object(record['requester'])['id']),
    category: textOf(object(record['fields'])['category']) || '(none)',
    channel: textOf(record['channel']),
    at: Date.parse(textOf(record['createdAt'])),
    done: status === 'solved' || status === 'closed',
    solvedAt: solved === '' ? null : Date.parse(solved),
    reopens: 0,
    messages: 0,
    asked: null,
    answered: null,
  }
}

describe.runIf(file !== null)('uci_incidents, by the gap from the previous opening', () => {
  let callers: Incident[][] = []

  beforeAll(async () => {
    const csv = await openCsv(file ?? '')
    const run = conversion(uciIncidents, csv.header)
    const incidents: Incident[] = []
    const take = (outcomes: ReturnType<typeof run.end>) => {
      for (const outcome of outcomes)
        if ('record' in outcome) incidents.push(incidentOf(outcome.record))
    }
    for await (const row of csv.rows) take(run.push(row))
    take(run.end())
    callers = [...Map.groupBy(incidents, ({ caller }) => caller).values()].map(inOrder)
  }, 120_000)

  const grouped = (hours: number, keyOf: (incident: Incident) => string = () => '') =>
    casesOf(
      callers.map((list) => list.map((one) => ({ ...one, key: keyOf(one) }))),
      gapOf(hours, 'opened'),
    )

  test.each([
    ['caller, 24 hours', 24, 18_881],
    ['caller, 72 hours', 72, 16_213],
    ['caller, 7 days', 168, 12_716],
  ])('%s: cases', (_name, hours, count) => {
    expect(grouped(hours).size).toBe(count)
  })

  test('caller and category within 7 days: 20,054 cases, caller and channel 12,735', () => {
    expect(grouped(168, ({ category }) => category).size).toBe(20_054)
    expect(grouped(168, ({ channel }) => channel).size).toBe(12_735)
  })

  test('caller within 7 days: 0.896430 of the cases are resolved', () => {
    const cases = grouped(168)
    const counted = tally()
    for (let n = 0; n < cases.size; n += 1) counted.add(cases, n, cases.owner[n] ?? 0)
    const figures = counted.figures()
    expect(figures.tickets).toBe(24_915)
    expect(figures.resolutionRate).toBeCloseTo(0.89643, 6)
  })
})

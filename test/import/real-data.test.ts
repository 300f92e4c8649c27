import { beforeAll, describe, expect, test } from 'vitest'
import { dataFile } from '../support/data.ts'
import { type RecordObject, conversion } from './convert.ts'
import type { ImportMap } from './maps/map.ts'
import { onlineRetail, onlineRetailCredits } from './maps/online-retail.ts'
import { superstore } from './maps/superstore.ts'
import { uciIncidents } from './maps/uci-incidents.ts'
import { openCsv } from './rows.ts'

async function recordsOf(file: string, map: ImportMap): Promise<RecordObject[]> {
  const csv = await openCsv(file)
  const run = conversion(map, csv.header)
  const records: RecordObject[] = []
  const take = (outcomes: ReturnType<typeof run.end>) => {
    for (const outcome of outcomes) {
      if ('problem' in outcome) throw new Error(JSON.stringify(outcome.problem))
      records.push(outcome.record)
    }
  }
  for await (const row of csv.rows) take(run.push(row))
  take(run.end())
  return records
}

/** A text or number at a path of a record; '' when there is none. */
function at(record: RecordObject, ...path: string[]): string | number {
  let value: RecordObject[string] | undefined = record
  for (const key of path) {
    value = typeof value === 'object' && !Array.isArray(value) ? value[key] : undefined
  }
  return typeof value === 'string' || typeof value === 'number' ? value : ''
}

const distinct = (records: readonly RecordObject[], ...path: string[]) =>
  new Set(records.map((record) => at(record, ...path)))

const sum = (records: readonly RecordObject[], key: string) =>
  records.reduce((total, record) => total + Number(at(record, key)), 0)

const files = {
  retail: dataFile('online_retail/online_retail_to_2011-09-30.csv.gz'),
  superstore: dataFile('superstore/superstore.csv.gz'),
  incidents: dataFile('uci_incidents/incident_event_log.csv.gz'),
}
describe.runIf(files.retail !== null)('online_retail', () => {
  let orders: RecordObject[] = []
  let credits: RecordObject[] = []
  beforeAll(async () => {
    orders = await recordsOf(files.retail ?? '', onlineRetail)
    credits = await recordsOf(files.retail ?? '', onlineRetailCredits)
  }, 120_000)

  test('has 3,616 customers, 13,171 orders and 6,192,078.94 GBP', () => {
    expect(distinct(orders, 'customer', 'id').size).toBe(3616)
    expect(orders).toHaveLength(13_171)
    expect(sum(orders, 'total')).toBe(619_207_894)
  })

  test('has 5,860,987.49 GBP less the credit notes of customers with an order', () => {
    const buyers = distinct(orders, 'customer', 'id')
    const theirs = credits.filter((credit) => buyers.has(at(credit, 'customer', 'id')))
    expect(sum(orders, 'total') - sum(theirs, 'amount')).toBe(586_098_749)
  })

  test('has 3,623 customer instances by country', () => {
    const instances = new Set(
      orders.map((order) => `${at(order, 'customer', 'id')} ${at(order, 'properties', 'Country')}`),
    )
    expect(instances.size).toBe(3623)
  })

  test('has 47 orders of 203,106.64 GBP of customer 14646', () => {
    const own = orders.filter((order) => at(order, 'customer', 'id') === 'retail:14646')
    expect(own).toHaveLength(47)
    expect(sum(own, 'total')).toBe(20_310_664)
  })
})

test.runIf(files.superstore !== null)(
  'superstore has 793 customers, 5,009 orders and 2,297,201.13 USD',
  async () => {
    const orders = await recordsOf(files.superstore ?? '', superstore)
    expect(distinct(orders, 'customer', 'id').size).toBe(793)
    expect(orders).toHaveLength(5009)
    expect(sum(orders, 'total')).toBe(229_720_113)
    const customersIn = (region: string) =>
      distinct(
        orders.filter((order) => at(order, 'properties', 'Region') === region),
        'customer',
        'id',
      ).size
    expect(['West', 'East', 'Central', 'South'].map(customersIn)).toEqual([686, 674, 629, 512])
  },
)

test.runIf(files.incidents !== null)(
  'uci_incidents has 24,915 tickets of known callers, the unresolved ones open',
  async () => {
    const tickets = await recordsOf(files.incidents ?? '', uciIncidents)
    expect(tickets).toHaveLength(24_915)
    expect([...distinct(tickets, 'status')].toSorted()).toEqual(['closed', 'open'])
    expect(tickets.filter((ticket) => at(ticket, 'status') === 'open')).toHaveLength(
      tickets.filter((ticket) => at(ticket, 'solvedAt') === '').length,
    )
    expect(distinct(tickets, 'channel')).toEqual(
      new Set(['Phone', 'Self service', 'Email', 'IVR', 'Direct opening']),
    )
  },
)

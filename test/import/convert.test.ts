import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readOptions } from './arguments.ts'
import { type Outcome, conversion } from './convert.ts'
import { add, multiply, parseDecimal, roundHalfAway } from './decimal.ts'
import { parseInstant } from './instant.ts'
import { onlineRetail, onlineRetailCredits } from './maps/online-retail.ts'
import { superstore } from './maps/superstore.ts'
import { uciIncidents } from './maps/uci-incidents.ts'
import type { ImportMap } from './maps/map.ts'

function convert(map: ImportMap, header: string[], ...rows: string[][]): Outcome[] {
  const run = conversion(map, header)
  const early = rows.flatMap((cells, index) => run.push({ line: index + 2, cells }))
  return [...early, ...run.end()]
}

function exact(text: string) {
  const value = parseDecimal(text)
  if (value === null) throw new Error(`${text} is no decimal`)
  return value
}

const superstoreLine = (sales: string) => [
  'US-1',
  '2016-11-08',
  'First Class',
  'CG-1',
  'Claire',
  'Consumer',
  'United States',
  'Henderson',
  'Kentucky',
  '42420',
  'South',
  'P-1',
  'Office',
  'Paper',
  'Pad',
  sales,
  '2',
]

const incidentChange = (
  number: string,
  state: string,
  caller: string,
  updated: string,
  resolved: string,
) => [
  number,
  state,
  '0',
  caller,
  '29/2/2016 01:16',
  updated,
  'Phone',
  '?',
  'Category 55',
  '?',
  '?',
  '2 - Medium',
  '2 - Medium',
  '3',
  'Group 56',
  '?',
  resolved,
]

const ordersMap = (...pairs: string[]) =>
  readOptions(['orders', 'x.csv', ...pairs.flatMap((pair) => ['--map', pair])]).map

describe('decimals', () => {
  test.each([
    ['2.555', 256n, 'half goes away from zero'],
    ['-2.555', -256n, 'half goes away from zero, below it too'],
    ['2.5549999999999999', 255n, 'under half, which a float would call half'],
    ['1.005', 101n, 'a float holds 1.00499…'],
    ['1e-2', 1n, 'scientific notation'],
    ['12E3', 1_200_000n, 'positive exponent'],
    ['.5', 50n, 'no whole part'],
    ['7.', 700n, 'no fraction'],
  ])('%s is %d hundredths: %s', (text, minor) => {
    expect(roundHalfAway(exact(text), 2)).toBe(minor)
  })

  test.each(['', '.', '1,5', '£3', '1.2.3', '0x10', 'NaN', '--1'])('%o is no decimal', (text) => {
    expect(parseDecimal(text)).toBeNull()
  })

  test('a sum of products equals the sum on whole cents', () => {
    const line = fc.tuple(fc.integer({ min: -999, max: 999 }), fc.integer({ min: 0, max: 99_999 }))
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const total = lines.reduce(
          (sum, [quantity, cents]) =>
            add(sum, multiply(exact(String(quantity)), exact((cents / 100).toFixed(2)))),
          exact('0'),
        )
        const expected = lines.reduce((sum, [quantity, cents]) => sum + quantity * cents, 0)
        expect(roundHalfAway(total, 2)).toBe(BigInt(expected))
      }),
      { seed: 20_111, numRuns: 300 },
    )
  })
})

describe('instants', () => {
  test.each([
    ['2010-12-01 08:26:00', 'iso', 'UTC', '2010-12-01T08:26:00Z', 'wall clock'],
    ['2016-11-08', 'iso', 'UTC', '2016-11-08T00:00:00Z', 'a day begins at midnight'],
    ['2016-11-08T09:30:00+09:00', 'iso', 'UTC', '2016-11-08T00:30:00Z', 'its own offset'],
    ['2016-11-08T09:30:00.123Z', 'iso', 'Asia/Seoul', '2016-11-08T09:30:00Z', 'offset wins'],
    ['29/2/2016 01:16', 'dmy', 'UTC', '2016-02-29T01:16:00Z', 'leap day, day first'],
    ['2/29/2016 01:16', 'mdy', 'UTC', '2016-02-29T01:16:00Z', 'month first'],
    ['2016-07-01 09:00', 'iso', 'Europe/London', '2016-07-01T08:00:00Z', 'summer time'],
    ['2016-03-27 01:30', 'iso', 'Europe/London', '2016-03-27T01:30:00Z', 'skipped hour'],
    ['29/2/2015 01:16', 'dmy', 'UTC', null, 'no such day'],
    ['2016-11-08 24:10', 'iso', 'UTC', null, 'no such hour'],
    ['yesterday', 'iso', 'UTC', null, 'no time at all'],
  ] as const)('%s (%s, %s) is %s: %s', (text, order, zone, expected, _because) => {
    expect(parseInstant(text, order, zone)).toBe(expected)
  })
})

describe('ready maps', () => {
  const retail = [
    'InvoiceNo',
    'StockCode',
    'Description',
    'Quantity',
    'InvoiceDate',
    'UnitPrice',
    'CustomerID',
    'Country',
  ]

  test('gather the lines of an invoice, wherever they stand, at its first time', () => {
    const outcomes = convert(
      onlineRetail,
      retail,
      ['1', 'A', 'CUP', '3', '2010-12-01 08:26:00', '2.55', '17850.0', 'United Kingdom'],
      ['2', 'A', 'CUP', '1', '2010-12-01 08:27:00', '2.55', '', 'United Kingdom'],
      ['C3', 'A', 'CUP', '-1', '2010-12-01 08:28:00', '2.55', '17850.0', 'United Kingdom'],
      ['1', 'B', 'POT', '2', '2010-12-01 08:27:00', '0.005', '17850.0', 'United Kingdom'],
    )
    expect(outcomes).toEqual([
      {
        line: 2,
        record: {
          id: 'retail:1',
          channel: 'web',
          customer: { id: 'retail:17850' },
          placedAt: '2010-12-01T08:26:00Z',
          status: 'paid',
          currency: 'GBP',
          total: 766,
          properties: { Country: 'United Kingdom' },
          lines: [
            { sku: 'A', title: 'CUP', quantity: 3, total: 765 },
            { sku: 'B', title: 'POT', quantity: 2, total: 1 },
          ],
        },
      },
    ])
  })

  test('turn credit notes into refunds without an order', () => {
    const outcomes = convert(onlineRetailCredits, retail, [
      'C3',
      'A',
      'CUP',
      '-2',
      '2010-12-02 08:28:00',
      '2.55',
      '17850.0',
      'France',
    ])
    expect(outcomes).toEqual([
      {
        line: 2,
        record: {
          id: 'retail:C3',
          customer: { id: 'retail:17850' },
          at: '2010-12-02T08:28:00Z',
          currency: 'GBP',
          amount: 510,
        },
      },
    ])
  })

  test('round an order once, not each of its lines', () => {
    const header = [
      'Order ID',
      'Order Date',
      'Ship Mode',
      'Customer ID',
      'Customer Name',
      'Segment',
      'Country',
      'City',
      'State',
      'Postal Code',
      'Region',
      'Product ID',
      'Category',
      'Sub-Category',
      'Product Name',
      'Sales',
      'Quantity',
    ]
    const [outcome] = convert(
      superstore,
      header,
      superstoreLine('0.004'),
      superstoreLine('0.004'),
      superstoreLine('0.004'),
    )
    expect(outcome).toMatchObject({ record: { id: 'superstore:US-1/CG-1', total: 1 } })
  })

  const incident = [
    'number',
    'incident_state',
    'reopen_count',
    'caller_id',
    'opened_at',
    'sys_updated_at',
    'contact_type',
    'location',
    'category',
    'subcategory',
    'u_symptom',
    'impact',
    'urgency',
    'priority',
    'assignment_group',
    'assigned_to',
    'resolved_at',
  ]

  test('take the last change of a ticket, file order between equal times', () => {
    const outcomes = convert(
      uciIncidents,
      incident,
      incidentChange('I1', 'Active', 'Caller 1', '1/3/2016 08:00', '?'),
      incidentChange('I1', 'Resolved', 'Caller 1', '2/3/2016 08:00', '2/3/2016 07:59'),
      incidentChange('I1', 'Closed', 'Caller 1', '2/3/2016 08:00', '2/3/2016 07:59'),
      incidentChange('I1', 'New', 'Caller 1', '29/2/2016 01:23', '?'),
      incidentChange('I2', 'Closed', 'Caller 2', '2/3/2016 08:00', '?'),
      incidentChange('I3', 'Closed', '?', '2/3/2016 08:00', '2/3/2016 07:59'),
    )
    expect(outcomes).toMatchObject([
      {
        record: {
          id: 'uci:I1',
          status: 'closed',
          solvedAt: '2016-03-02T07:59:00Z',
          channel: 'Phone',
        },
      },
      { record: { id: 'uci:I2', status: 'open', requester: { id: 'uci:Caller 2' } } },
    ])
    expect(outcomes).toHaveLength(2)
    expect(JSON.stringify(outcomes)).not.toContain('?')
  })
})

describe('maps of one’s own', () => {
  test('read any column names, with literals, own properties and money in major units', () => {
    const own = ordersMap(
      'id=Nr,customer.email=Mail,placedAt=When,total=Sum,currency=Cur',
      'channel=:web,status=:paid,properties.Utm.Source=Src',
    )
    const outcomes = convert(
      own,
      ['Nr', 'Mail', 'When', 'Sum', 'Cur', 'Src'],
      ['7', 'a@example.com', '2026-01-02', '1200', 'KRW', 'ad'],
      ['8', 'b@example.com', '2026-01-02', '12.5', 'EUR', ''],
      ['9', 'c@example.com', '2026-01-02', 'twelve', 'EUR', ''],
      ['10', 'c@example.com', '2026-13-02', '1', 'EUR', ''],
      ['11', 'c@example.com', '2026-01-02', '1', 'euro', ''],
    )
    expect(outcomes.slice(0, 2)).toMatchObject([
      { record: { id: '7', total: 1200, properties: { 'Utm.Source': 'ad' }, status: 'paid' } },
      { record: { id: '8', total: 1250, customer: { email: 'b@example.com' } } },
    ])
    expect(outcomes.slice(2)).toEqual([
      { problem: { line: 4, column: 'Sum', message: '"twelve" is not an amount' } },
      { problem: { line: 5, column: 'When', message: '"2026-13-02" is not a time' } },
      { problem: { line: 6, column: 'Sum', message: 'no currency "euro", so no minor unit' } },
    ])
  })

  test('gather rows of one id when something is summed', () => {
    const own = ordersMap(
      'id=Nr,customer.id=Who,placedAt=When,currency=:EUR,channel=:web,status=:paid,total=sum:N*Price',
    )
    const outcomes = convert(
      own,
      ['Nr', 'Who', 'When', 'N', 'Price'],
      ['7', 'a', '2026-01-02', '2', '1.25'],
      ['7', 'a', '2026-01-02', '1', '0.50'],
    )
    expect(outcomes).toMatchObject([{ line: 2, record: { id: '7', total: 300 } }])
  })

  test('leave out rows by --where', () => {
    const own = readOptions([
      'customers',
      'x.csv',
      '--map',
      'id=A',
      '--where',
      'B=x',
      '--where',
      'C!=',
      '--where',
      'A~^\\d+$',
    ]).map
    const run = conversion(own, ['A', 'B', 'C'])
    const kept = [
      ['1', 'x', 'y'],
      ['2', 'z', 'y'],
      ['3', 'x', ''],
      ['d', 'x', 'y'],
    ].map((cells, index) => run.push({ line: index + 2, cells }).length)
    expect(kept).toEqual([1, 0, 0, 0])
    expect(run.leftOut()).toBe(3)
  })

  test('name the column behind a key that the interface rejects', () => {
    const run = conversion(onlineRetail, [])
    expect(run.columnOf('total')).toBe('Quantity × UnitPrice')
    expect(run.columnOf('lines.3.title')).toBe('Description')
    expect(run.columnOf('customer')).toBe('CustomerID')
    expect(run.columnOf('elsewhere')).toBe('elsewhere')
  })
})

describe('the command line', () => {
  test.each([
    [['shoes', 'x.csv'], 'kind: "shoes" is not orders'],
    [['orders'], 'file: name a .csv'],
    [['orders', 'x.csv'], '--map is missing'],
    [['orders', 'x.csv', '--map', 'nothing'], '--map: no ready map "nothing"'],
    [['tickets', 'x.csv', '--map', 'superstore'], '--map: superstore makes orders, not tickets'],
    [['orders', 'x.csv', '--map', 'colour=A'], '--map: orders have no key "colour"'],
    [['ratings', 'x.csv', '--map', 'id=A,scale=:5'], '--map: ratings need ticketId'],
    [['customers', 'x.csv', '--map', 'id='], '--map: "id=" is not key=column'],
    [['customers', 'x.csv', '--map', 'id=A', '--where', 'B'], '--where: "B" is not column=text'],
    [['customers', 'x.csv', '--map', 'id=A', '--dates', 'ymd'], '--dates: "ymd" is not'],
    [['customers', 'x.csv', '--map', 'id=A', '--zone', 'Mars'], '--zone: "Mars" is not'],
    [['customers', 'x.csv', '--map', 'id=A', '--colour'], 'Unknown option'],
  ])('%j is refused: %s', (argv, message) => {
    expect(() => readOptions(argv)).toThrow(message)
  })
})

import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { factsOf } from '../../worker/customers/facts.ts'
import { arrowCounter, viewOf } from '../../worker/journeys/count.ts'
import { logsOf } from '../../worker/journeys/log.ts'
import { defaultSegments } from '../../worker/segments/defaults.ts'
import { linesOf } from '../../worker/segments/rank.ts'
import { dataFile } from '../support/data.ts'
import { day } from '../support/rows.ts'
import { onlineRetail, utcSettings } from '../support/shops.ts'

const file = dataFile('online_retail/online_retail_to_2011-09-30.csv.gz')
const DAY = 86_400_000
const today = day('2011-09-30')

interface Buyer {
  /** Of every invoice with a customer. */
  days: number[]
  /** Pence by invoice. */
  values: { day: number; pence: number }[]
}

/** The customers of the raw file, with nothing of Rapport's: invoices of digits only, credit notes left out. */
function buyersOf(csv: Record<string, string>[]): Buyer[] {
  const invoices = new Map<string, { customer: string; day: number; tenths: number }>()
  for (const row of csv) {
    const id = row['InvoiceNo'] ?? ''
    if (!/^\d+$/.test(id) || !row['CustomerID']) continue
    const at = Date.parse(`${row['InvoiceDate']?.slice(0, 10)}T00:00:00Z`)
    const invoice = invoices.get(id) ?? { customer: row['CustomerID'], day: at / DAY, tenths: 0 }
    invoice.tenths += Number(row['Quantity']) * Math.round(Number(row['UnitPrice']) * 1_000)
    invoices.set(id, invoice)
  }
  const buyers = new Map<string, Buyer>()
  for (const { customer, day: on, tenths } of invoices.values()) {
    const buyer = buyers.get(customer) ?? { days: [], values: [] }
    buyer.days.push(on)
    buyer.values.push({ day: on, pence: Math.round(tenths / 10) })
    buyers.set(customer, buyer)
  }
  return [...buyers.values()]
}

/** The first day on which an order of `on` no longer is in the last so many months. */
function monthsLater(on: number, months: number): number {
  const date = new Date(on * DAY)
  const end = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months + 1, 0))
  const wanted = Math.min(date.getUTCDate(), end.getUTCDate())
  return Date.UTC(end.getUTCFullYear(), end.getUTCMonth(), wanted) / DAY
}

const sumOf = ({ values }: Buyer, on: number) =>
  values.reduce((sum, one) => sum + (one.day <= on ? one.pence : 0), 0)

/** Who is in a segment on a day, by its words. */
function byDay(buyers: readonly Buyer[]) {
  const lines = new Map<number, number>()
  const lineOn = (on: number): number => {
    const known = lines.get(on)
    if (known !== undefined) return known
    const sums = buyers
      .filter(({ days }) => days.some((one) => one <= on))
      .map((buyer) => sumOf(buyer, on))
      .toSorted((a, b) => b - a)
    const line = sums.length < 10 ? Infinity : (sums[Math.ceil(sums.length / 10) - 1] ?? Infinity)
    lines.set(on, line)
    return line
  }
  const bought = ({ days }: Buyer, on: number, months: number) =>
    days.filter((one) => one <= on && on < monthsLater(one, months)).length
  return {
    vip: (buyer: Buyer, on: number) =>
      buyer.days.some((one) => one <= on) && sumOf(buyer, on) >= lineOn(on),
    repeat_customer: (buyer: Buyer, on: number) => bought(buyer, on, 12) >= 2,
    active_customer: (buyer: Buyer, on: number) => bought(buyer, on, 3) >= 3,
    new_customer: (buyer: Buyer, on: number) => {
      const first = Math.min(...buyer.days)
      return first <= on && on < monthsLater(first, 3)
    },
  }
}

type Segment = keyof ReturnType<typeof byDay>
const arrows: readonly (readonly [source: Segment, target: Segment])[] = [
  ['new_customer', 'repeat_customer'],
  ['new_customer', 'active_customer'],
  ['repeat_customer', 'active_customer'],
  ['repeat_customer', 'vip'],
]

test.runIf(file !== null)(
  'movement in a real shop equals a walk over the raw file, day by day',
  () => {
    const raw: Record<string, string>[] = parse(gunzipSync(readFileSync(file ?? '')), {
      columns: true,
    })
    const buyers = buyersOf(raw)
    const isIn = byDay(buyers)
    const first = Math.min(...buyers.flatMap(({ days }) => days))
    const { orders } = onlineRetail()
    const facts = factsOf({ orders }, utcSettings('GBP'))
    const lines = linesOf(defaultSegments, () => [facts])
    const keys: Segment[] = ['vip', 'repeat_customer', 'active_customer', 'new_customer']
    const logs = logsOf(defaultSegments, keys, facts, lines)
    const told: string[] = []
    for (const length of [7, 30]) {
      const [start, end] = [today - length + 1, today]
      for (const [source, target] of arrows) {
        const [from, to] = [logs[keys.indexOf(source)], logs[keys.indexOf(target)]]
        if (from === undefined || to === undefined) throw new Error('no logs')
        const period = { from: start, to: end }
        const counter = arrowCounter()
        counter.add(viewOf(from, period, first), viewOf(to, period, first))
        const { moved, sameDay, joinedTarget, sourceSize } = counter.finish()
        const plain = { moved: 0, sameDay: 0, joinedTarget: 0, sourceSize: 0 }
        for (const buyer of buyers) {
          const wasSource = (until: number) => {
            for (let on = start - 1; on <= until; on += 1) if (isIn[source](buyer, on)) return true
            return false
          }
          if (wasSource(end - 1)) plain.sourceSize += 1
          if (!isIn[target](buyer, end)) continue
          let j = end
          while (j >= start && isIn[target](buyer, j - 1)) j -= 1
          if (j < start) continue
          plain.joinedTarget += 1
          if (wasSource(j - 1)) plain.moved += 1
          else if (isIn[source](buyer, j) && !isIn[source](buyer, j - 1)) plain.sameDay += 1
        }
        expect([source, target, length, moved, sameDay, joinedTarget, sourceSize]).toEqual([
          source,
          target,
          length,
          plain.moved,
          plain.sameDay,
          plain.joinedTarget,
          plain.sourceSize,
        ])
        told.push(`${source} → ${target}, ${length} days: ${moved} of ${sourceSize}`)
        expect(sourceSize).toBeGreaterThan(0)
      }
    }
    console.log(told.join('\n'))
  },
)

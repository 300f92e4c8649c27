import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lineReader } from '../../worker/push/line.ts'
import { seenOf } from '../../worker/push/observe.ts'
import { latestDays } from '../../worker/push/plan-date.ts'
import {
  after,
  canonical,
  difference,
  type FieldType,
  sendable,
  UNKNOWN,
  type Value,
  valueOf,
} from '../../worker/push/values.ts'
import { parseDay } from '../../worker/time.ts'
import { columnBuilder } from '../../worker/timeline/column.ts'
import { setUserField, valueFor } from '../emulator/zendesk/fields.ts'
import { user } from '../support/zendesk-past.ts'

const types: Readonly<Record<string, FieldType>> = {
  a: 'text',
  b: 'integer',
  c: 'checkbox',
  d: 'date',
  e: 'decimal',
}
const kept = new Map(Object.entries(types))
const value: Record<string, fc.Arbitrary<Value>> = {
  a: fc.constantFrom('x', 'y', UNKNOWN),
  b: fc.integer({ min: 1, max: 3 }),
  c: fc.constant(true),
  d: fc.constantFrom('2026-01-01', '2026-02-01'),
  e: fc.constantFrom(1.5, 2),
}
const values = fc
  .record(value, { requiredKeys: [] })
  .map((one) => one as Readonly<Record<string, Value>>)
const known = values.map((one) =>
  Object.fromEntries(Object.entries(one).filter(([, it]) => it !== UNKNOWN)),
)

const SEED = 11

describe('the difference', () => {
  test('makes what is held into what is wanted, and is empty exactly where nothing differs', () => {
    fc.assert(
      fc.property(known, values, (wanted, has) => {
        const changes = difference(wanted, has, kept.keys())
        expect(canonical(after(has, changes, new Set(kept.keys())))).toBe(canonical(wanted))
        expect(Object.keys(changes).length === 0).toBe(canonical(has) === canonical(wanted))
      }),
      { seed: SEED, numRuns: 500 },
    )
    console.log(`difference: 500 pairs, seed ${SEED}`)
  })

  test('leaves alone what is not kept, and forgets it', () => {
    expect(difference({ a: 'x' }, { a: 'x', old: 'y' }, ['a'])).toEqual({})
    expect(after({ a: 'x', old: 'y' }, {}, new Set(['a']))).toEqual({ a: 'x' })
  })

  test('sends again what nobody knows to have arrived', () => {
    expect(difference({}, { a: UNKNOWN }, ['a'])).toEqual({ a: null })
    expect(difference({ a: 'x' }, { a: UNKNOWN }, ['a'])).toEqual({ a: 'x' })
  })
})

test('a value comes back from the help desk as it was sent', () => {
  fc.assert(
    fc.property(known, (sent) => {
      const shown = user(1)
      let id = 0
      for (const [key, type] of kept) {
        id += 1
        const field = { id, key, type, title: key, description: '', active: true, tag: null }
        const whole = { ...field, removable: true, custom_field_options: [] }
        expect(setUserField(shown, whole, sendable(type, sent[key] ?? null))).toBe(true)
      }
      const back = [...kept].flatMap(([key, type]): [string, Value][] => {
        const read = valueOf(type, shown.user_fields[key])
        return read === null ? [] : [[key, read]]
      })
      expect(canonical(Object.fromEntries(back))).toBe(canonical(sent))
    }),
    { seed: SEED, numRuns: 200 },
  )
  expect(valueFor({ type: 'checkbox', custom_field_options: [] }, null)).toEqual({ value: false })
})

describe('a look at a user', () => {
  const now = 10_000_000
  const row = { target: '1', has: '{"a":"x"}', sentAt: 5_000_000, confirmed: 0, trouble: null }
  const shown = (fields: Record<string, unknown>, updatedAt: number | null = 6_000_000) => ({
    id: '1',
    active: true,
    fields,
    updatedAt,
  })

  test('confirms what was sent, once', () => {
    const verdict = { verdict: 'confirmed', has: row.has }
    expect(seenOf(shown({ a: 'x', c: false }), row, kept, now)).toMatchObject(verdict)
    expect(seenOf(shown({ a: 'x' }), { ...row, confirmed: 1 }, kept, now)).toBeNull()
  })

  test('finds what somebody else changed, but not in what is older than our write', () => {
    const edited = shown({ a: 'z', b: 2 })
    expect(seenOf(edited, row, kept, now)).toMatchObject({
      verdict: 'drift',
      has: '{"a":"z","b":2}',
      again: now,
    })
    expect(seenOf({ ...edited, updatedAt: 4_000_000 }, row, kept, now)).toBeNull()
    expect(seenOf({ ...edited, updatedAt: null }, row, kept, now)?.verdict).toBe('drift')
  })

  test('learns what nobody knew', () => {
    const lost = { ...row, has: canonical({ a: UNKNOWN }) }
    const verdict = { verdict: 'confirmed', has: '{"a":"x"}' }
    expect(seenOf(shown({ a: 'x' }), lost, kept, now)).toMatchObject(verdict)
  })

  test('leaves a flag that a trigger set for an hour', () => {
    const flagged = new Map<string, FieldType>([['rapport_bad_rating', 'checkbox']])
    const seen = seenOf(shown({ rapport_bad_rating: true }), { ...row, has: '{}' }, flagged, now)
    expect(seen).toMatchObject({ verdict: 'drift', again: now + 3_600_000 })
  })

  test('sees that a user is gone', () => {
    const gone = { ...shown({}), active: false }
    expect(seenOf(gone, row, kept, now)?.verdict).toBe('gone')
    expect(seenOf(gone, { ...row, trouble: 'gone' }, kept, now)).toBeNull()
    expect(seenOf(gone, undefined, kept, now)).toBeNull()
  })
})

describe('the preferred line', () => {
  const day = (text: string) => parseDay(text) ?? 0
  /** Orders of one person: day and line. */
  const read = (orders: [string, string, number?][], today: string) => {
    const builder = columnBuilder()
    orders.forEach(([, line], k) => builder.add(k, line))
    const column = builder.build(orders.length)
    const facts = {
      offsets: Int32Array.from([0, orders.length]),
      day: Int32Array.from(orders, ([text]) => day(text)),
      counted: Uint8Array.from(orders, ([, , counted = 1]) => counted),
      properties: [{ name: 'line', column }],
      lines: { properties: [] },
    }
    const steps = lineReader(facts as unknown as Parameters<typeof lineReader>[0], 'line')
    return steps(0, day(today))
  }

  test('is that of most counted orders of the last twelve months, of equals the latest', () => {
    expect(
      read(
        [
          ['2025-12-01', 'A'],
          ['2026-02-01', 'A'],
          ['2026-03-01', 'B'],
          ['2026-04-01', 'C', 0],
        ],
        '2026-11-26',
      ),
    ).toEqual([
      [day('2026-11-26'), 'A'],
      // One order of each line is left, B is the later one.
      [day('2026-12-01'), 'B'],
      [day('2027-03-01'), null],
    ])
    expect(read([['2025-01-01', 'A']], '2026-11-26')).toEqual([])
  })
})

test('the day of the plan is the date that was seen last', () => {
  const row = (person: number, at: number, value: string) => ({
    person,
    profile: 'p',
    name: 'trait:plan',
    at,
    value,
  })
  const rows = [row(1, 1, '"2026-01-05"'), row(1, 2, '"2026-02-05T10:00:00Z"'), row(2, 1, '"soon"')]
  expect(latestDays(rows, 'trait:plan')).toEqual(new Map([[1, '2026-02-05']]))
})

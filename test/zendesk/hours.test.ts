import { expect, test } from 'vitest'
import { scheduleOf } from '../../worker/zendesk/hours.ts'
import { railsNames, zoneOf } from '../../worker/zendesk/zones.ts'

const plain = { id: '1', name: 'Shop', time_zone: 'London' }
const minute = (day: number, hour: number) => day * 1_440 + hour * 60

test('minutes since Sunday become days and hours, in the zone’s IANA name', () => {
  const intervals = [
    { start_time: minute(1, 9), end_time: minute(1, 17) + 30 },
    { start_time: minute(0, 10), end_time: minute(0, 12) },
  ]
  expect(scheduleOf({ ...plain, intervals }, [], '2026-11-26')).toEqual({
    from: '2026-11-26',
    timeZone: 'Europe/London',
    intervals: [
      { day: 1, start: '09:00', end: '17:30' },
      { day: 7, start: '10:00', end: '12:00' },
    ],
    holidays: [],
  })
})

test('hours up to midnight end at 24:00, and those over it go on the next day', () => {
  const intervals = [
    { start_time: minute(5, 22), end_time: minute(6, 0) },
    { start_time: minute(2, 23), end_time: minute(3, 1) },
  ]
  expect(scheduleOf({ ...plain, intervals }, [], '2026-11-26')?.intervals).toEqual([
    { day: 2, start: '23:00', end: '24:00' },
    { day: 3, start: '00:00', end: '01:00' },
    { day: 5, start: '22:00', end: '24:00' },
  ])
})

test('holidays are their days, both included', () => {
  const days = [{ start_date: '2026-12-25', end_date: '2026-12-26' }]
  const made = scheduleOf({ ...plain, intervals: [] }, days, '2026-11-26')
  expect(made?.holidays).toEqual([{ from: '2026-12-25', to: '2026-12-26' }])
})

test('every zone that Rails names is one that this machine knows', () => {
  expect(railsNames.length).toBeGreaterThanOrEqual(150)
  for (const name of railsNames) {
    const zone = zoneOf(name) ?? ''
    expect(() => new Intl.DateTimeFormat('en', { timeZone: zone })).not.toThrow()
  }
})

test('an IANA name stays, and a name of nowhere is none', () => {
  expect(zoneOf('Asia/Seoul')).toBe('Asia/Seoul')
  expect(zoneOf('Middle Earth')).toBeNull()
  expect(scheduleOf({ ...plain, time_zone: 'Mordor', intervals: [] }, [], '2026-11-26')).toBeNull()
})

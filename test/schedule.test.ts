import { expect, test } from 'vitest'
import { type Hours, workingHours } from '../worker/schedule.ts'

const weekdays = (start: string, end: string) => [1, 2, 3, 4, 5].map((day) => ({ day, start, end }))

function hours(timeZone: string, more: Partial<Hours> = {}): Hours {
  return {
    from: '2020-01-01',
    timeZone,
    intervals: weekdays('09:00', '18:00'),
    holidays: [],
    ...more,
  }
}

const nights = (timeZone: string, more: Partial<Hours> = {}) =>
  hours(timeZone, { intervals: [{ day: 5, start: '22:00', end: '06:00' }], ...more })

const off = false
const working = true

test.each<{ name: string; versions: Hours[]; moments: [string, boolean, string][] }>([
  {
    name: 'a plain week in a zone without summer time',
    versions: [hours('Asia/Seoul')],
    moments: [
      ['2026-03-02T00:00:00Z', working, 'Monday 09:00 sharp: the start belongs to it'],
      ['2026-03-01T23:59:59Z', off, 'Monday 08:59:59'],
      ['2026-03-02T08:59:59Z', working, 'Monday 17:59:59'],
      ['2026-03-02T09:00:00Z', off, 'Monday 18:00: the end does not belong to it'],
      ['2026-03-07T03:00:00Z', off, 'Saturday noon'],
    ],
  },
  {
    name: 'clocks go forward: the same wall hours come an hour earlier',
    versions: [hours('Europe/Berlin')],
    moments: [
      ['2026-03-27T07:30:00Z', off, 'Friday 08:30 at +1'],
      ['2026-03-30T07:30:00Z', working, 'Monday 09:30 at +2'],
      ['2026-03-27T16:30:00Z', working, 'Friday 17:30 at +1'],
      ['2026-03-30T16:30:00Z', off, 'Monday 18:30 at +2'],
    ],
  },
  {
    name: 'clocks go back: the same wall hours come an hour later',
    versions: [hours('America/New_York')],
    moments: [
      ['2026-10-30T13:30:00Z', working, 'Friday 09:30 at −4'],
      ['2026-11-02T13:30:00Z', off, 'Monday 08:30 at −5'],
      ['2026-11-02T22:30:00Z', working, 'Monday 17:30 at −5'],
    ],
  },
  {
    name: 'a shift over the night in which an hour is missing',
    versions: [hours('Europe/Berlin', { intervals: [{ day: 6, start: '23:00', end: '03:30' }] })],
    moments: [
      ['2026-03-28T22:00:00Z', working, 'Saturday 23:00 at +1'],
      ['2026-03-29T00:59:00Z', working, 'Sunday 01:59 at +1'],
      ['2026-03-29T01:00:00Z', working, 'Sunday 03:00 at +2, a minute later'],
      ['2026-03-29T01:30:00Z', off, 'Sunday 03:30 at +2'],
    ],
  },
  {
    name: 'a shift over the night in which an hour comes twice',
    versions: [hours('Europe/Berlin', { intervals: [{ day: 7, start: '01:00', end: '02:30' }] })],
    moments: [
      ['2026-10-25T00:29:00Z', working, 'Sunday 02:29 at +2'],
      ['2026-10-25T00:30:00Z', off, 'Sunday 02:30 at +2'],
      ['2026-10-25T01:29:00Z', working, 'Sunday 02:29 at +1, for the second time'],
      ['2026-10-25T01:30:00Z', off, 'Sunday 02:30 at +1'],
    ],
  },
  {
    name: 'a holiday of one day',
    versions: [hours('UTC', { holidays: [{ from: '2026-12-25', to: '2026-12-25' }] })],
    moments: [
      ['2026-12-24T12:00:00Z', working, 'Thursday'],
      ['2026-12-25T12:00:00Z', off, 'Friday, closed'],
      ['2026-12-28T12:00:00Z', working, 'Monday'],
    ],
  },
  {
    name: 'holidays over several days, by the clock of the schedule',
    versions: [hours('Asia/Tokyo', { holidays: [{ from: '2026-12-30', to: '2027-01-01' }] })],
    moments: [
      ['2026-12-29T08:59:00Z', working, 'Tuesday 17:59'],
      ['2026-12-30T00:00:00Z', off, 'Wednesday 09:00, closed'],
      ['2027-01-01T03:00:00Z', off, 'Friday noon, the last closed day'],
      ['2027-01-04T00:00:00Z', working, 'Monday 09:00'],
    ],
  },
  {
    name: 'a shift across midnight',
    versions: [nights('UTC')],
    moments: [
      ['2026-03-06T21:59:00Z', off, 'Friday 21:59'],
      ['2026-03-06T22:00:00Z', working, 'Friday 22:00'],
      ['2026-03-07T05:59:00Z', working, 'Saturday 05:59 of the same shift'],
      ['2026-03-07T06:00:00Z', off, 'Saturday 06:00'],
      ['2026-03-07T23:00:00Z', off, 'Saturday has no shift of its own'],
    ],
  },
  {
    name: 'a shift across the end of the week',
    versions: [hours('UTC', { intervals: [{ day: 7, start: '20:00', end: '04:00' }] })],
    moments: [
      ['2026-03-08T20:00:00Z', working, 'Sunday 20:00'],
      ['2026-03-09T03:59:00Z', working, 'Monday 03:59'],
      ['2026-03-09T04:00:00Z', off, 'Monday 04:00'],
    ],
  },
  {
    name: 'a shift that runs into a holiday stops at midnight',
    versions: [nights('UTC', { holidays: [{ from: '2026-03-07', to: '2026-03-07' }] })],
    moments: [
      ['2026-03-06T23:59:00Z', working, 'Friday 23:59'],
      ['2026-03-07T00:00:00Z', off, 'Saturday, closed'],
      ['2026-03-14T00:00:00Z', working, 'Saturday a week later'],
    ],
  },
  {
    name: 'a shift of a whole day and one that ends at 24:00',
    versions: [
      hours('UTC', {
        intervals: [
          { day: 1, start: '00:00', end: '00:00' },
          { day: 3, start: '12:00', end: '24:00' },
        ],
      }),
    ],
    moments: [
      ['2026-03-02T00:00:00Z', working, 'Monday 00:00'],
      ['2026-03-02T23:59:00Z', working, 'Monday 23:59'],
      ['2026-03-03T00:00:00Z', off, 'Tuesday'],
      ['2026-03-04T23:59:00Z', working, 'Wednesday 23:59'],
      ['2026-03-05T00:00:00Z', off, 'Thursday'],
    ],
  },
  {
    name: 'a schedule that changes: each moment by the version in force then',
    versions: [
      hours('UTC', { from: '2026-04-01', intervals: weekdays('12:00', '20:00') }),
      hours('UTC', { from: '2026-01-05' }),
    ],
    moments: [
      ['2026-03-31T10:00:00Z', working, 'Tuesday 10:00 of the old hours'],
      ['2026-03-31T19:00:00Z', off, 'Tuesday 19:00 of the old hours'],
      ['2026-04-01T10:00:00Z', off, 'Wednesday 10:00 of the new hours'],
      ['2026-04-01T19:00:00Z', working, 'Wednesday 19:00 of the new hours'],
      ['2026-01-03T10:00:00Z', working, 'a Saturday before the first version: no schedule'],
    ],
  },
  {
    name: 'the shop moves: the new version begins at midnight of its own zone',
    versions: [
      hours('Asia/Seoul'),
      hours('Europe/Berlin', { from: '2026-07-01', intervals: weekdays('00:00', '09:00') }),
    ],
    moments: [
      ['2026-06-30T08:00:00Z', working, 'Tuesday 17:00 in Seoul'],
      ['2026-06-30T21:59:00Z', off, 'Wednesday 06:59 in Seoul, Tuesday in Berlin'],
      ['2026-06-30T22:00:00Z', working, 'Wednesday 00:00 in Berlin'],
      ['2026-07-01T07:00:00Z', off, 'Wednesday 09:00 in Berlin'],
    ],
  },
  {
    name: 'a version that begins in the middle of a shift knows its own night',
    versions: [hours('UTC'), nights('UTC', { from: '2026-03-07' })],
    moments: [
      ['2026-03-06T23:00:00Z', off, 'Friday 23:00 by the old hours'],
      ['2026-03-07T01:00:00Z', working, 'Saturday 01:00 by the new ones'],
    ],
  },
  {
    name: 'no schedule at all',
    versions: [],
    moments: [['2026-03-08T03:00:00Z', working, 'every moment works']],
  },
  {
    name: 'a schedule without hours',
    versions: [hours('UTC', { intervals: [] })],
    moments: [['2026-03-04T12:00:00Z', off, 'no moment works']],
  },
])('$name', ({ versions, moments }) => {
  const isWorking = workingHours(versions)
  const found = moments.map(([instant, , because]) => [
    instant,
    isWorking(Date.parse(instant)),
    because,
  ])
  expect(found).toEqual(moments)
})

import { describe, expect, test } from 'vitest'
import { addHints } from '../../worker/zendesk/store.ts'
import { troubled } from '../emulator/zendesk/faults.ts'
import { iso } from '../emulator/zendesk/objects.ts'
import { newDesk, stored, type TestDesk } from '../support/worker/zendesk.ts'
import { past, rate, start, ticket } from '../support/zendesk-past.ts'

const minute = 60_000

describe('reading a help desk', () => {
  test('brings users, tickets, messages and ratings, and says how far it is', async () => {
    const desk = await newDesk({ fill: past(40, 250) })
    await desk.connect()
    await desk.follow()
    const found = await stored(desk.id)
    expect(found.tickets).toHaveLength(250)
    expect(found.messages).toHaveLength(250)
    expect(found.ratings).toHaveLength(84)
    expect(found.tickets[0]).toMatchObject({
      id: '1000',
      profile: 'id:zendesk:100',
      channel: 'email',
      assignee_name: 'Jun Ito',
      group_name: 'Care',
    })
    expect(found.profiles.filter(({ key }) => key === 'id:zendesk:100')).toMatchObject([
      { name: 'Person 100', email: 'person100@example.com' },
    ])
    const shown = await desk.shown()
    expect(shown.streams.map(({ name, state, done, total }) => [name, state, done, total])).toEqual(
      [
        ['users', 'following', 42, 42],
        ['tickets', 'following', 250, 250],
        ['events', 'following', 250, null],
        ['ratings', 'following', 84, 84],
        ['surveys', 'absent', 0, null],
      ],
    )
  })

  test('keeps within a quarter of the plan and half of the exports, every minute', async () => {
    const desk = await newDesk({ fill: past(300, 9_500), plan: { requests: 200, exports: 10 } })
    await desk.connect()
    const minutes = await desk.follow()
    // 1 page of users, 10 of tickets, 10 of events: 21 exports, 5 a minute.
    expect(minutes).toBeGreaterThanOrEqual(5)
    expect(desk.limits.refused).toEqual([])
    expect((await stored(desk.id)).tickets).toHaveLength(9_500)
  })

  test('ends up the same when every third answer is a failure', async () => {
    const faults = troubled(3)
    const [calm, rough] = [
      await newDesk({ fill: past(40, 250) }),
      await newDesk({
        fill: past(40, 250),
        faults: (request) => (connected ? faults(request) : null),
      }),
    ]
    let connected = false
    for (const desk of [calm, rough]) await desk.connect()
    connected = true
    await calm.follow()
    await rough.follow(400)
    expect(faults.count()).toBeGreaterThanOrEqual(4)
    expect(await stored(rough.id)).toEqual(await stored(calm.id))
  })

  test('goes on where it was stopped, and reads no page twice but the one at hand', async () => {
    const desk = await newDesk({
      fill: past(100, 3_500),
      plan: { requests: 2_500, exports: 1_000 },
    })
    await desk.connect()
    let pages = 0
    for (let run = 0; run < 12; run += 1) {
      let left = 1
      await desk.run(() => (left -= 1) >= 0)
      pages += 1
    }
    await desk.follow()
    const exports = desk.asked.filter((one) => one.includes('/incremental/tickets/'))
    expect(pages).toBe(12)
    // Four pages, then a look for what is new.
    expect(exports.length).toBeLessThanOrEqual(6)
    expect((await stored(desk.id)).tickets).toHaveLength(3_500)
  })

  test('one run at a time: a second one leaves at once', async () => {
    const desk = await newDesk({ fill: past(20, 60) })
    await desk.connect()
    await Promise.all([desk.run(), desk.run(), desk.run()])
    expect(desk.asked.filter((one) => one.includes('/incremental/users/'))).toHaveLength(1)
  })

  test('reads the past of ratings from their list, none of it one by one', async () => {
    const desk = await newDesk({ fill: past(100, 5_200) })
    await desk.connect()
    const askedFor = (part: RegExp) => desk.asked.filter((one) => part.test(one)).length
    await desk.run()
    // 5 exports a minute: a page of users, four of tickets.
    expect([askedFor(/incremental/), askedFor(/satisfaction_ratings\.json/)]).toEqual([5, 0])
    await desk.follow()
    desk.clock.now += minute
    await desk.run()
    // 1,734 ratings, a hundred a page.
    expect(askedFor(/satisfaction_ratings\.json/)).toBeGreaterThanOrEqual(18)
    expect(askedFor(/satisfaction_ratings\/\d/)).toBe(0)
  })

  test('looks at hints while the share of exports is used up', async () => {
    const desk = await newDesk({ fill: past(100, 9_500) })
    await desk.connect()
    await desk.run()
    expect((await desk.shown()).upTo).toBeNull()
    const row = desk.zendesk.tickets.get(10_400)?.row
    if (row !== undefined) row.subject = 'Changed just now'
    await desk.db().batch([addHints(desk.id, [{ kind: 'ticket', id: '10400' }], desk.clock.now)])
    await desk.run()
    const { tickets } = await stored(desk.id)
    expect(tickets.find(({ id }) => id === '10400')).toMatchObject({ subject: 'Changed just now' })
  })

  test('waits as long as it is told, and at least a little when it is told nothing', async () => {
    const answers = [
      { status: 429, body: 'slow down', headers: { 'Retry-After': '90' } },
      { status: 429, body: 'slow down', headers: { 'Retry-After': '0' } },
      { status: 429, body: 'slow down' },
    ]
    let open = false
    const desk = await newDesk({ faults: () => (open ? (answers.shift() ?? null) : null) })
    await desk.connect()
    open = true
    const waits: number[] = []
    for (let k = 0; k < 3; k += 1) {
      await desk.run()
      const { resumeAt } = await desk.shown()
      waits.push(Date.parse(resumeAt ?? '') - desk.clock.now)
      desk.clock.now = Date.parse(resumeAt ?? '')
    }
    expect(waits).toEqual([90_500, 10_500, 10_500])
  })
})

describe('what changes later', () => {
  /** A little past, read to its end, then changed by `act`; hints come where `hurried`. */
  async function changed(act: (desk: TestDesk) => void | Promise<void>): Promise<TestDesk> {
    const desk = await newDesk({ fill: past(10, 30), keepText: true })
    await desk.connect()
    await desk.follow()
    desk.clock.now += minute
    await act(desk)
    desk.clock.now += 3 * minute
    await desk.follow()
    return desk
  }

  test('a deleted ticket goes with its messages and ratings', async () => {
    const desk = await changed(({ zendesk }) => zendesk.deleteTicket(1_003))
    const found = await stored(desk.id)
    expect(found.tickets.some(({ id }) => id === '1003')).toBe(false)
    expect(found.messages.some(({ ticket: of }) => of === '1003')).toBe(false)
    expect(found.ratings.some(({ ticket: of }) => of === '1003')).toBe(false)
  })

  test('a merged ticket names the one it went into, also after it was read again', async () => {
    const desk = await changed(({ zendesk }) => zendesk.mergeTickets(1_004, 1_011))
    const detail = async () =>
      (await stored(desk.id)).tickets.find(({ id }) => id === '1004')?.['detail']
    expect(await detail()).toContain('"mergedInto":"1011"')
    desk.zendesk.saveTicket({
      ...desk.zendesk.tickets.get(1_004)?.row,
      ...ticket(1_004, 100, start),
      tags: ['later'],
    })
    desk.clock.now += 3 * minute
    await desk.follow()
    expect(await detail()).toContain('"mergedInto":"1011"')
    expect(await detail()).toContain('later')
  })

  test('redacted words are not kept', async () => {
    const desk = await changed(({ zendesk }) => zendesk.redact(1_005, 500_005))
    const found = await stored(desk.id)
    expect(found.messages.find(({ ticket: of }) => of === '1005')).toMatchObject({ text: '▇▇▇▇' })
    expect(JSON.stringify(found)).not.toContain('Words 5"')
  })

  test('a merged user’s tickets go to the other one', async () => {
    const desk = await changed(({ zendesk }) => zendesk.mergeUsers(107, 105))
    const { tickets } = await stored(desk.id)
    expect(tickets.some(({ profile }) => profile === 'id:zendesk:107')).toBe(false)
    // Each of ten persons had three of thirty tickets.
    expect(tickets.filter(({ profile }) => profile === 'id:zendesk:105')).toHaveLength(6)
  })

  test('an answer to an old offer comes within one interval', async () => {
    const desk = await newDesk({ fill: past(10, 30) })
    rate(desk.zendesk, 1_001, 'offered', start - 100 * 86_400_000)
    await desk.connect()
    await desk.follow()
    rate(desk.zendesk, 1_001, 'bad', desk.clock.now)
    const rated = desk.zendesk.ratings.get(1_001)
    if (rated !== undefined) rated.created_at = iso(start - 100 * 86_400_000)
    desk.clock.now += 2 * minute
    await desk.follow(3)
    const { ratings } = await stored(desk.id)
    expect(ratings.find(({ ticket: of }) => of === '1001')).toMatchObject({ level: 1, scale: 2 })
  })

  test('an account that changes to surveys keeps its old ratings and gets the new ones', async () => {
    let kind: 'ratings' | 'surveys' = 'ratings'
    const desk = await newDesk({ fill: past(10, 30), satisfaction: () => new Set([kind]) })
    await desk.connect()
    await desk.follow()
    kind = 'surveys'
    const at = desk.clock.now
    const response = '01HSURVEY'
    desk.zendesk.saveSurvey({
      id: response,
      created_at: iso(at),
      expires_at: iso(at + 86_400_000),
      responder_id: 101,
      subject_zrns: ['zen:ticket:1002'],
      subjects: [{ id: '1002', type: 'ticket', zrn: 'zen:ticket:1002' }],
      answers: [
        {
          type: 'rating_scale',
          rating: 4,
          rating_category: 'good',
          question: { options: [1, 2, 3, 4, 5].map((id) => ({ id })) },
          updated_at: iso(at),
        },
      ],
    })
    const mark = {
      event_type: 'SurveyResponseSubmitted',
      survey_response_id: response,
      assigned_user_id: 1,
      assigned_group_id: 3,
    }
    desk.zendesk.addEvent(1_002, 101, [mark])
    // What an account does not run is asked for once an hour.
    desk.clock.now += 65 * minute
    await desk.follow()
    const { ratings } = await stored(desk.id)
    expect(ratings.filter(({ scale }) => scale === 2)).toHaveLength(10)
    expect(ratings.filter(({ scale }) => scale === 5)).toMatchObject([
      { id: 'survey:01HSURVEY', ticket: '1002', level: 4, agent: '1', group_name: 'Care' },
    ])
    expect((await desk.shown()).streams.map(({ state }) => state)).toEqual([
      'following',
      'following',
      'following',
      'absent',
      'following',
    ])
  })
})

import { addMonths } from '../calendar.ts'
import { type Role, buy, human } from '../cast.ts'
import type { Frame, OrderDraft } from '../draft.ts'

/** The day whose three months end next, four days from today or as soon after as a month allows. */
function endingSoon(today: number): number {
  for (let ahead = 4; ; ahead += 1) {
    const day = addMonths(today + ahead, -3)
    if (addMonths(day, 3) === today + ahead) return day
  }
}

export function vipSlipping(frame: Frame): Role {
  const person = human(
    { name: 'Harriet Osei', given: 'Harriet', contact: { email: 'harriet.osei@mail.example' } },
    11,
    ['web'],
    frame,
  )
  const days = [900, 760, 640, 520, 410, 330, 250, 190, 140].map((ago) => frame.today - ago)
  return {
    key: 'vip-slipping',
    shows: 'A VIP whose third order in three months is about to leave the window of Active.',
    person,
    orders: [
      ...days.map((day) => buy(frame, person, day, { 'LOA-02': 3, 'LUM-01': 1 })),
      ...[endingSoon(frame.today), frame.today - 40, frame.today - 12].map((day) =>
        buy(frame, person, day, { 'LOA-01': 2 }),
      ),
    ],
    tickets: [
      {
        topic: 'damaged',
        channel: 'email',
        upset: true,
        daysAgo: 20,
        minute: 1150,
        about: 'latest',
        script: { tone: 'negative', level: 2, reasons: ['Slow reply'] },
      },
      {
        topic: 'delivery',
        channel: 'email',
        upset: true,
        daysAgo: 1,
        minute: 1050,
        about: 'latest',
        script: { unanswered: true },
      },
    ],
  }
}

export function twoChannels(frame: Frame): Role {
  const person = human(
    {
      name: '한지민',
      given: '지민',
      language: 'ko',
      city: '서울',
      country: 'KR',
      contact: { email: 'jimin.han@mail.example', phone: '+821000000012' },
    },
    12,
    ['web', 'pingo'],
    frame,
  )
  const [web, pingo] = person.accounts
  const on = (account: typeof web) => (account === undefined ? {} : { account })
  return {
    key: 'two-channels',
    shows: 'One person who buys in the web shop and on Pingo, joined by a verified address.',
    person,
    orders: [
      buy(frame, person, frame.today - 300, { 'DRI-01': 1 }, on(web)),
      buy(frame, person, frame.today - 210, { 'KNO-01': 2 }, on(pingo)),
      buy(frame, person, frame.today - 95, { 'LUM-02': 1 }, on(pingo)),
      buy(frame, person, frame.today - 30, { 'LOA-01': 1 }, on(web)),
    ],
    tickets: [{ topic: 'fit', channel: 'Pingo', upset: false, daysAgo: 2, minute: 1110 }],
  }
}

/** Orders and writes at midnight, so that it has happened whatever the time is now. */
export function newToday(frame: Frame): Role {
  const person = human(
    { name: 'Noor Haddad', given: 'Noor', contact: { email: 'noor.haddad@mail.example' } },
    21,
    ['web'],
    frame,
  )
  return {
    key: 'new-today',
    shows: 'The very first order came today.',
    person,
    orders: [buy(frame, person, frame.today, { 'DRI-02': 1 }, { at: frame.end })],
    tickets: [
      {
        topic: 'address',
        channel: 'email',
        upset: false,
        daysAgo: 0,
        minute: 0,
        about: 'latest',
        script: { unanswered: true },
      },
    ],
  }
}

export function noRate(frame: Frame): Role {
  const person = human(
    {
      name: 'Lukas Aebischer',
      given: 'Lukas',
      city: 'Bern',
      country: 'CH',
      contact: { email: 'lukas.aebischer@mail.example' },
    },
    22,
    ['web'],
    frame,
  )
  const francs: Partial<OrderDraft> = {
    currency: 'CHF',
    total: 6800,
    lines: [
      {
        sku: 'LOA-03',
        title: 'Loam tablet folio',
        quantity: 1,
        total: 6800,
        properties: { line: 'Loam', colour: 'night' },
      },
    ],
  }
  return {
    key: 'no-rate',
    shows: 'One order is in francs, which have no rate: counted, but in no amount, and said aloud.',
    person,
    orders: [
      buy(frame, person, frame.today - 160, { 'FJO-01': 1 }),
      buy(frame, person, frame.today - 45, { 'LOA-03': 1 }, francs),
    ],
    tickets: [
      {
        topic: 'delivery',
        channel: 'email',
        upset: false,
        daysAgo: 38,
        minute: 620,
        about: 'latest',
      },
    ],
  }
}

export function houseAccount(frame: Frame): Role {
  const person = human(
    {
      name: 'Brightwater Schools Purchasing',
      given: 'Ms Tully',
      device: 'tablet',
      model: 'Pomelo Slate 11',
      os: 'iPadOS',
      source: 'search',
      contact: { email: 'purchasing@brightwater.example' },
    },
    24,
    ['web'],
    frame,
  )
  const span = frame.today - 2 - frame.first
  return {
    key: 'house-account',
    shows: 'A house account with 320 orders.',
    person,
    orders: Array.from({ length: 320 }, (_, index) =>
      buy(frame, person, frame.first + Math.floor((index * span) / 319), {
        'FJO-01': 1 + (index % 5),
        'PAN-02': 1 + (index % 3),
      }),
    ),
    tickets: [
      {
        topic: 'refund',
        channel: 'email',
        upset: false,
        daysAgo: 60,
        minute: 660,
        about: 'latest',
        script: { tone: 'positive', level: 5 },
      },
      {
        topic: 'delivery',
        channel: 'email',
        upset: false,
        daysAgo: 1,
        minute: 990,
        about: 'latest',
        script: { unanswered: true },
      },
    ],
  }
}

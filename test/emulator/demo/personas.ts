import { addMonths, minuteAt } from './calendar.ts'
import { type Role, buy, human } from './cast.ts'
import type { Frame, OrderDraft } from './draft.ts'

/** The day whose three months end next, four days from today or as soon after as a month allows. */
function endingSoon(today: number): number {
  for (let ahead = 4; ; ahead += 1) {
    const day = addMonths(today + ahead, -3)
    if (addMonths(day, 3) === today + ahead) return day
  }
}

function vipSlipping(frame: Frame): Role {
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
        aboutLatest: true,
        script: { tone: 'negative', level: 2, reasons: ['Slow reply'] },
      },
      {
        topic: 'delivery',
        channel: 'email',
        upset: true,
        daysAgo: 1,
        minute: 1050,
        aboutLatest: true,
        script: { unanswered: true },
      },
    ],
  }
}

function twoChannels(frame: Frame): Role {
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
    tickets: [{ topic: 'fit', channel: 'pingo', upset: false, daysAgo: 2, minute: 1110 }],
  }
}

function ticketOnly(frame: Frame): Role {
  const person = human(
    { name: 'Sofia Marchetti', given: 'Sofia', contact: { email: 'sofia.marchetti@mail.example' } },
    13,
    [],
    frame,
  )
  return {
    key: 'ticket-only',
    shows: 'A new contact: one ticket and no order.',
    person,
    orders: [],
    tickets: [
      {
        topic: 'fit',
        channel: 'web form',
        upset: false,
        daysAgo: 1,
        minute: 640,
        script: { unanswered: true },
      },
    ],
  }
}

function repeatContact(frame: Frame): Role {
  const person = human(
    {
      name: '高橋 美咲',
      given: '高橋',
      language: 'ja',
      city: '東京',
      country: 'JP',
      contact: { email: 'misaki.takahashi@mail.example' },
    },
    14,
    [],
    frame,
  )
  const ask = { topic: 'stock', channel: 'email' } as const
  return {
    key: 'repeat-contact',
    shows: 'A repeat contact: the third question within a week, and no order.',
    person,
    orders: [],
    tickets: [
      { ...ask, upset: false, daysAgo: 6, minute: 600 },
      { ...ask, upset: false, daysAgo: 3, minute: 1200 },
      { ...ask, upset: true, daysAgo: 1, minute: 1230, script: { unanswered: true } },
    ],
  }
}

function fullRefund(frame: Frame): Role {
  const person = human(
    {
      name: 'Tiago Fonseca',
      given: 'Tiago',
      language: 'pt',
      city: 'Porto',
      country: 'PT',
      currency: 'EUR',
      contact: { email: 'tiago.fonseca@mail.example' },
    },
    15,
    ['web'],
    frame,
  )
  const order = buy(frame, person, frame.today - 35, { 'LUM-01': 1, 'PAN-01': 1 })
  return {
    key: 'full-refund',
    shows: 'The only order is refunded in full: it still counts, and is worth nothing.',
    person,
    orders: [{ ...order, refunds: [{ at: minuteAt(frame.today - 18, 700), amount: order.total }] }],
    tickets: [
      {
        topic: 'refund',
        channel: 'email',
        upset: false,
        daysAgo: 24,
        minute: 700,
        aboutLatest: true,
      },
    ],
  }
}

function lateRefund(frame: Frame): Role {
  const person = human(
    {
      name: 'Gwendolyn Achebe',
      given: 'Gwendolyn',
      contact: { email: 'gwendolyn.achebe@mail.example' },
    },
    16,
    ['web'],
    frame,
  )
  const big = buy(frame, person, frame.today - 430, { 'LOA-02': 30 })
  return {
    key: 'late-refund',
    shows: 'A VIP until a big order was refunded a month ago, more than a year after it.',
    person,
    orders: [
      { ...big, refunds: [{ at: minuteAt(frame.today - 30, 800), amount: big.total }] },
      buy(frame, person, frame.today - 200, { 'DRI-02': 1 }),
    ],
    tickets: [
      {
        topic: 'refund',
        channel: 'email',
        upset: true,
        daysAgo: 33,
        minute: 690,
        script: { tone: 'neutral' },
      },
    ],
  }
}

function ambiguous(frame: Frame): Role {
  const email = 'family.moreau@mail.example'
  const of = (given: string, index: number) =>
    human({ name: `${given} Moreau`, given, contact: { email } }, index, ['web'], frame, false)
  const [alex, chris] = [of('Alex', 17), of('Chris', 18)]
  const writer = human({ name: 'A. Moreau', given: 'A.', contact: { email } }, 17, [], frame, false)
  return {
    key: 'ambiguous',
    shows: 'Two customers gave this address and neither proved it: candidates, no match.',
    person: writer,
    others: [alex, chris],
    orders: [
      buy(frame, alex, frame.today - 120, { 'KNO-02': 1 }),
      buy(frame, chris, frame.today - 60, { 'LOA-01': 1 }),
      buy(frame, chris, frame.today - 22, { 'PAN-01': 1 }),
    ],
    tickets: [{ topic: 'fit', channel: 'email', upset: true, daysAgo: 2, minute: 1000 }],
  }
}

function relay(frame: Frame): Role {
  const who = { name: 'Priya Raman', given: 'Priya' }
  const buyer = human({ ...who, contact: {} }, 19, ['bazarro'], frame)
  const [account] = buyer.accounts
  const person = { ...buyer, contact: { email: account?.email ?? '' } }
  const elsewhere = human(
    { ...who, contact: { email: 'priya.raman@mail.example' } },
    20,
    ['web'],
    frame,
  )
  return {
    key: 'relay',
    shows:
      'Writes through the marketplace’s relay address, which never joins the web shop’s customer.',
    person,
    others: [elsewhere],
    orders: [
      buy(frame, person, frame.today - 80, { 'DRI-01': 1 }),
      buy(frame, person, frame.today - 9, { 'KNO-01': 1 }),
      buy(frame, elsewhere, frame.today - 150, { 'LUM-02': 1 }),
    ],
    tickets: [
      {
        topic: 'wrong_item',
        channel: 'bazarro',
        upset: false,
        daysAgo: 1,
        minute: 1260,
        aboutLatest: true,
        script: { unanswered: true },
      },
    ],
  }
}

/** Orders and writes at midnight, so that it has happened whatever the time is now. */
function newToday(frame: Frame): Role {
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
        aboutLatest: true,
        script: { unanswered: true },
      },
    ],
  }
}

function noRate(frame: Frame): Role {
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
        aboutLatest: true,
      },
    ],
  }
}

function markup(frame: Frame): Role {
  const name =
    '<img src=x onerror="alert(1)"> Zoë \u202Egnirts\u202C \u2067שרה כהן\u2069 <b>von</b> {{name}} Featherstonehaugh-Abernathy-Villanueva de la Cruz & Söhne'
  const person = human(
    { name, given: 'Zoë', contact: { email: 'zoe@mail.example' } },
    23,
    ['web'],
    frame,
  )
  return {
    key: 'markup',
    shows: 'A long name full of markup and changes of direction, which must stay text.',
    person,
    orders: [buy(frame, person, frame.today - 50, { 'DRI-01': 1 })],
    tickets: [
      {
        topic: 'damaged',
        channel: 'web form',
        upset: true,
        daysAgo: 1,
        minute: 980,
        aboutLatest: true,
        script: {
          unanswered: true,
          text: '<script>alert(2)</script> The case is <i>cracked</i>, see javascript:alert(3) \u202Ekcab\u202C — please send a new one!',
        },
      },
    ],
  }
}

function houseAccount(frame: Frame): Role {
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
        script: { tone: 'positive', level: 5 },
      },
      {
        topic: 'delivery',
        channel: 'email',
        upset: false,
        daysAgo: 1,
        minute: 990,
        aboutLatest: true,
        script: { unanswered: true },
      },
    ],
  }
}

/** The twelve named people, each with one case to show. */
export function rolesOf(frame: Frame): Role[] {
  return [
    vipSlipping,
    twoChannels,
    ticketOnly,
    repeatContact,
    fullRefund,
    lateRefund,
    ambiguous,
    relay,
    newToday,
    noRate,
    markup,
    houseAccount,
  ].map((role) => role(frame))
}

import { type Role, buy, human } from '../cast.ts'
import type { Frame } from '../draft.ts'

export function ticketOnly(frame: Frame): Role {
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

export function repeatContact(frame: Frame): Role {
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

export function ambiguous(frame: Frame): Role {
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

export function relay(frame: Frame): Role {
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
        channel: 'Bazarro',
        upset: false,
        daysAgo: 1,
        minute: 1260,
        about: 'latest',
        script: { unanswered: true },
      },
    ],
  }
}

export function markup(frame: Frame): Role {
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
        about: 'latest',
        script: {
          unanswered: true,
          text: '<script>alert(2)</script> The case is <i>cracked</i>, see javascript:alert(3) \u202Ekcab\u202C — please send a new one!',
        },
      },
    ],
  }
}

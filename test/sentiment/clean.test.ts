import { expect, test } from 'vitest'
import { fingerprint, isAutomatic } from '../../worker/sentiment/automatic.ts'
import { cleanMessage } from '../../worker/sentiment/clean.ts'
import { withoutCourtesy } from '../../worker/sentiment/courtesy.ts'
import { htmlToText } from '../../worker/sentiment/html.ts'
import { ownWords } from '../../worker/sentiment/quotes.ts'

test.each([
  ['<p>Hello</p><p>world</p>', 'Hello\n\nworld', 'paragraphs are lines'],
  ['one<br>two<br/>three', 'one\ntwo\nthree', 'breaks are lines'],
  ['<style>p{color:red}</style>Late', 'Late', 'styles are not read'],
  ['<script>alert("bad")</script>fine', 'fine', 'scripts are not read'],
  ['a<!-- terrible -->b', 'ab', 'comments are not read'],
  ['<img alt="awful picture" src="x">ok', 'ok', 'alternative text is not what the sender wrote'],
  [
    'Tom &amp; Ann &lt;3 caf&eacute; &#44; &#x2764;',
    'Tom & Ann <3 café , ❤',
    'references are decoded',
  ],
  ['5 < 6 and 7 > 3', '5 < 6 and 7 > 3', 'a lone bracket is a character'],
  [
    'Yes.<blockquote>Worst <b>shop</b> ever<blockquote>deep</blockquote></blockquote>Bye',
    'Yes.\nBye',
    'nested quotes are somebody else',
  ],
  [
    'Good<div class="gmail_quote">On Monday you wrote: bad<div>x</div></div>',
    'Good',
    'Gmail marks its quote',
  ],
  ['<div style="display:none">hidden preheader</div>Hi', 'Hi', 'hidden text is not seen'],
  ['<div>unclosed', 'unclosed', 'broken HTML still gives its text'],
  ['a\n  b', 'a b', 'source line breaks are spaces'],
])('reads %j as %j, because %s', (html, text) => {
  expect(htmlToText(html)).toBe(text)
})

test.each([
  ['en', 'Thanks!\n\nOn Tue, 3 Mar 2026 at 10:00, Shop <help@shop.test> wrote:\n> bad\n> worse'],
  ['en, broken line', 'Thanks!\n\nOn Tue, 3 Mar 2026 at 10:00, Shop\n<help@shop.test> wrote:\nbad'],
  ['de', 'Thanks!\n\nAm 03.03.2026 um 10:00 schrieb Shop <help@shop.test>:\nschlecht'],
  ['fr', 'Thanks!\n\nLe mar. 3 mars 2026 à 10:00, Shop <help@shop.test> a écrit :\nmal'],
  ['es', 'Thanks!\n\nEl mar, 3 mar 2026 a las 10:00, Shop escribió:\nmal'],
  ['pt', 'Thanks!\n\nEm ter., 3 de mar. de 2026 às 10:00, Loja escreveu:\nruim'],
  ['it', 'Thanks!\n\nIl giorno mar 3 mar 2026 alle 10:00 Shop ha scritto:\nmale'],
  ['nl', 'Thanks!\n\nOp di 3 mrt 2026 om 10:00 schreef Shop <help@shop.test>:\nslecht'],
  ['ko', 'Thanks!\n\n2026년 3월 3일 (화) 오전 10:00, 가게 <help@shop.test>님이 작성:\n별로'],
  ['ja', 'Thanks!\n\n2026年3月3日(火) 10:00 店 <help@shop.test>のメール：\n悪い'],
  ['zh', 'Thanks!\n\n2026年3月3日 10:00，商店 <help@shop.test> 写道：\n差'],
  [
    'Outlook',
    'Thanks!\n\nFrom: Shop <help@shop.test>\nSent: Tuesday\nTo: me\nSubject: Re: bad\n\nbad',
  ],
  ['Outlook ko', 'Thanks!\n\n보낸 사람: 가게\n보낸 날짜: 화요일\n받는 사람: 나\n제목: 별로'],
  ['original', 'Thanks!\n\n-----Original Message-----\nbad'],
  ['forwarded', 'Thanks!\n\n---------- Forwarded message ---------\nbad'],
  ['help desk', 'Thanks!\n\n##- Please type your reply above this line -##\nbad'],
  ['rule', 'Thanks!\n________________________________\nbad'],
  ['dashes', 'Thanks!\n-- \nJohn Terrible\nDisaster Ltd'],
  ['farewell', 'Thanks!\n\nKind regards,\nJohn\nHead of Disaster'],
  ['farewell pt', 'Thanks!\n\nAtenciosamente,\nJoão'],
  ['device', 'Thanks!\n\nSent from my iPhone'],
  ['device ko', 'Thanks!\n\n나의 iPhone에서 보냄'],
  ['device ja', 'Thanks!\n\niPhoneから送信'],
  ['device zh', 'Thanks!\n\n发自我的iPhone'],
  ['disclaimer', 'Thanks!\n\nThis e-mail is confidential and intended solely for the addressee.'],
])('keeps only the own words of a mail (%s)', (_, mail) => {
  expect(ownWords(mail)).toBe('Thanks!')
})

test('an answer between quoted lines is kept', () => {
  expect(ownWords('> Is it red?\nYes\n> Is it big?\nNo')).toBe('Yes\nNo')
})

test('a sentence that only looks like a reply header is kept', () => {
  expect(ownWords('On Monday I wrote to you and nobody answered.')).toBe(
    'On Monday I wrote to you and nobody answered.',
  )
  expect(ownWords('From: where does it ship?')).toBe('From: where does it ship?')
})

test.each([
  ['I hope you are well. Where is my parcel?', 'Where is my parcel?'],
  ['Please check. Thanks in advance!', 'Please check.'],
  ['Call me. Have a great day!', 'Call me.'],
  ['Desde já agradeço a atenção. Cadê a nota?', 'Cadê a nota?'],
  ['수고 많으십니다. 재고 있나요?', '재고 있나요?'],
  ['お世話になっております。在庫はありますか。よろしくお願いいたします。', '在庫はありますか。'],
  ['辛苦了，请查一下库存。', '请查一下库存。'],
  ['Thank you so much for the help!', 'Thank you so much for the help!'],
  ['도와주셔서 감사합니다.', '도와주셔서 감사합니다.'],
])('%j without courtesy is %j', (text, expected) => {
  expect(withoutCourtesy(text)).toBe(expected)
})

test.each([
  { origin: { channel: 'trigger' }, text: 'x', machine: true, because: 'the help desk wrote it' },
  {
    origin: { headers: { 'Auto-Submitted': 'auto-replied' } },
    text: 'x',
    machine: true,
    because: 'RFC 3834 says so',
  },
  {
    origin: { headers: { 'auto-submitted': 'no' } },
    text: 'x',
    machine: false,
    because: 'RFC 3834 says a human did',
  },
  {
    origin: { headers: { Precedence: 'bulk' } },
    text: 'x',
    machine: true,
    because: 'it is bulk mail',
  },
  {
    origin: { headers: { 'List-Unsubscribe': '<mailto:x>' } },
    text: 'x',
    machine: true,
    because: 'it is a newsletter',
  },
  {
    origin: { from: 'no-reply@shop.test' },
    text: 'x',
    machine: true,
    because: 'nobody reads that address',
  },
  {
    origin: { from: 'noreen@shop.test' },
    text: 'x',
    machine: false,
    because: 'Noreen is a person',
  },
  {
    origin: { subject: 'Automatic reply: order' },
    text: 'x',
    machine: true,
    because: 'the subject says so',
  },
  {
    origin: { subject: '부재중 자동 회신' },
    text: 'x',
    machine: true,
    because: 'the subject says so in Korean',
  },
  {
    origin: { subject: 'Your automatic door is broken' },
    text: 'x',
    machine: false,
    because: 'it is about a door',
  },
  {
    origin: {},
    text: 'I am out of office until Monday.',
    machine: true,
    because: 'the text says so',
  },
  {
    origin: { channel: 'email' },
    text: 'I am out of patience.',
    machine: false,
    because: 'a person is angry',
  },
])('$origin $text: machine $machine, because $because', ({ origin, text, machine }) => {
  expect(isAutomatic(origin, text)).toBe(machine)
})

test.each([
  ['', 'nothing was written'],
  ['> all of it was quoted', 'nothing of it is own'],
  ['https://shop.test/track/123', 'a link is not a mood'],
  ['#48213-A', 'a code is not a mood'],
  ['?!?', 'signs alone are not scored'],
  ['Kind regards,\nAnn', 'a greeting is not a mood'],
])('%j is left unscored, because %s', (text) => {
  expect(cleanMessage({ text })).toEqual({ text: null, unscored: 'empty' })
})

test.each(['😡', ':(', '<3', 'no', '差评'])('%s is enough to be scored', (text) => {
  expect(cleanMessage({ text })).toEqual({ text, unscored: null })
})

test('a very long message keeps its beginning and its end', () => {
  const { text } = cleanMessage({ text: `start ${'x '.repeat(5000)}end` })
  expect(text).toHaveLength(4001)
  expect(text?.startsWith('start')).toBe(true)
  expect(text?.endsWith('end')).toBe(true)
})

test('HTML wins over the plain text', () => {
  expect(cleanMessage({ html: '<p>Great</p>', text: 'bad' }).text).toBe('Great')
})

test('hostile input is cleaned in linear time', () => {
  const started = performance.now()
  for (const part of ['<', '<div>', '<!--', '&#', '> ', 'On x ', '\n', 'a@', '</p', '##-'])
    cleanMessage({ html: part.repeat(50_000 / part.length), text: '' })
  expect(performance.now() - started).toBeLessThan(1_500)
})

test('templates filled with other numbers have one fingerprint', () => {
  expect(fingerprint('Order 12 shipped')).toBe(fingerprint('order 345  shipped'))
  expect(fingerprint('Order 12 shipped')).not.toBe(fingerprint('Order 12 lost'))
})

import { expect, test } from 'vitest'
import { claimedSubdomain, verifySigned } from '../../worker/auth/signed.ts'
import {
  claimsOf,
  respelled,
  sign,
  signedWithPublicKey,
  signingDesk,
  unsigned,
} from '../support/signing.ts'

const now = Date.UTC(2026, 10, 24, 9)
const seconds = now / 1_000
const desk = await signingDesk('tea-house')
const stranger = await signingDesk('tea-house')

const verify = async (changes: Record<string, unknown> = {}, at = now) =>
  verifySigned(await sign(desk, claimsOf(desk, now, changes)), desk, at)

test('a request that the help desk signed names its user', async () => {
  expect(await verify()).toMatchObject({ ok: true, user: '42', expiresAt: (seconds + 91) * 1_000 })
})

test.each([
  { because: 'plain user id', changes: { sub: '42' } },
  { because: 'issuer with its scheme', changes: { iss: 'https://tea-house.zendesk.com' } },
  { because: 'nbf is optional', changes: { nbf: undefined } },
  { because: 'exp within the leeway', changes: { exp: seconds - 29 } },
  { because: 'nbf within the leeway', changes: { nbf: seconds + 30 } },
  { because: 'a clock that runs ahead', changes: { iat: seconds + 30 } },
  { because: 'five minutes old, and the leeway', changes: { iat: seconds - 330 } },
])('accepted: $because', async ({ changes }) => {
  expect(await verify(changes)).toMatchObject({ ok: true, user: '42' })
})

test.each([
  { because: 'expired', changes: { exp: seconds - 30 }, reason: 'expired' },
  { because: 'too old', changes: { iat: seconds - 331, exp: seconds + 999 }, reason: 'expired' },
  { because: 'not yet valid', changes: { nbf: seconds + 31 }, reason: 'not yet valid' },
  { because: 'from the future', changes: { iat: seconds + 31 }, reason: 'not yet valid' },
  { because: 'no exp', changes: { exp: undefined }, reason: 'claims' },
  { because: 'no iat', changes: { iat: undefined }, reason: 'claims' },
  { because: 'no sub', changes: { sub: undefined }, reason: 'claims' },
  { because: 'no aud', changes: { aud: undefined }, reason: 'claims' },
  { because: 'no iss', changes: { iss: undefined }, reason: 'claims' },
  { because: 'exp as text', changes: { exp: '2099-01-01' }, reason: 'claims' },
  { because: 'another account', changes: { iss: 'coffee-house.zendesk.com' }, reason: 'issuer' },
  { because: 'a longer host', changes: { iss: 'tea-house.zendesk.com.evil' }, reason: 'issuer' },
  { because: 'http', changes: { iss: 'http://tea-house.zendesk.com' }, reason: 'issuer' },
  {
    because: 'another installation',
    changes: { aud: 'https://tea-house.zendesk.com/api/v2/apps/installations/7002.json' },
    reason: 'audience',
  },
  {
    because: 'a list of installations',
    changes: { aud: [claimsOf(desk, now)['aud'], 'https://other.test'] },
    reason: 'audience',
  },
  {
    because: "another account's user",
    changes: { sub: 'https://coffee-house.zendesk.com/api/v2/users/42.json' },
    reason: 'subject',
  },
  { because: 'no number', changes: { sub: 'admin' }, reason: 'subject' },
  { because: 'no user', changes: { sub: '' }, reason: 'subject' },
])('refused: $because', async ({ changes, reason }) => {
  expect(await verify(changes)).toEqual({ ok: false, reason })
})

test('a token that somebody else signed is refused', async () => {
  const token = await sign(stranger, claimsOf(desk, now))
  expect(await verifySigned(token, desk, now)).toEqual({ ok: false, reason: 'signature' })
})

test('a token whose claims were changed after signing is refused', async () => {
  const [header, , signature] = (await sign(desk, claimsOf(desk, now))).split('.')
  const [, claims] = (await sign(stranger, claimsOf(desk, now, { sub: '1' }))).split('.')
  expect(await verifySigned(`${header}.${claims}.${signature}`, desk, now)).toEqual({
    ok: false,
    reason: 'signature',
  })
})

test('a token without a signature (alg none) is refused', async () => {
  const bare = unsigned(claimsOf(desk, now))
  expect(await verifySigned(bare, desk, now)).toEqual({ ok: false, reason: 'malformed' })
  expect(await verifySigned(`${bare}AAAA`, desk, now)).toEqual({ ok: false, reason: 'algorithm' })
})

test('a token signed by HS256 with the public key is refused', async () => {
  const token = await signedWithPublicKey(desk, claimsOf(desk, now))
  expect(await verifySigned(token, desk, now)).toEqual({ ok: false, reason: 'algorithm' })
})

test('another spelling of the same signature has the same fingerprint', async () => {
  const token = await sign(desk, claimsOf(desk, now))
  const [first, second] = await Promise.all([
    verifySigned(token, desk, now),
    verifySigned(respelled(token), desk, now),
  ])
  expect(respelled(token)).not.toBe(token)
  expect(first).toMatchObject({ ok: true })
  expect(second).toEqual(first)
})

test.each(['', 'a.b', 'a.b.c.d', '..', 'ä.b.c', `${'a'.repeat(9)}.e30.x`])(
  'no token at all is refused: %j',
  async (text) => {
    expect(claimedSubdomain(text)).toBeNull()
    expect(await verifySigned(text, desk, now)).toEqual({ ok: false, reason: 'malformed' })
  },
)

test('a token is traced to its account by its issuer only', async () => {
  expect(claimedSubdomain(await sign(desk, claimsOf(desk, now)))).toBe('tea-house')
  const evil = { iss: 'evil.test/tea-house.zendesk.com' }
  expect(claimedSubdomain(await sign(desk, claimsOf(desk, now, evil)))).toBeNull()
})

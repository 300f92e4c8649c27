import { SignJWT } from 'jose'
import { expect, test } from 'vitest'
import type { Session } from '../../worker/auth/session.ts'
import { mintSession, readSession, scopesOf } from '../../worker/auth/session.ts'

const secret = 'a secret of exactly 32 letters !'
const start = Date.UTC(2026, 10, 24, 9)
const minute = 60_000
const session: Session = {
  account: 3,
  installation: '7001',
  user: '42',
  role: 'agent',
  startedAt: start,
}

test('a session token lives for half an hour and says what was signed', async () => {
  const { token, expiresAt } = await mintSession(session, secret, start)
  expect(expiresAt).toBe(start + 30 * minute)
  expect(await readSession(token, secret, start + 30 * minute - 1)).toEqual(session)
  expect(await readSession(token, secret, start + 30 * minute)).toBeNull()
})

test('a token past its half hour can be renewed until twelve hours after the start', async () => {
  const { token } = await mintSession(session, secret, start)
  const read = (hours: number) =>
    readSession(token, secret, start + hours * 60 * minute, { renewing: true })
  expect(await read(11.99)).toEqual(session)
  expect(await read(12)).toBeNull()
})

test('a renewed token ends with the session', async () => {
  const late = start + (11 * 60 + 50) * minute
  const { token, expiresAt } = await mintSession(session, secret, late)
  expect(expiresAt).toBe(start + 12 * 60 * minute)
  expect(await readSession(token, secret, start + 12 * 60 * minute - 1)).toEqual(session)
  expect(await readSession(token, secret, start + 12 * 60 * minute, { renewing: true })).toBeNull()
})

test('a token signed with another secret, or for another purpose, is none', async () => {
  const { token } = await mintSession(session, 'another secret of 32 letters ...', start)
  expect(await readSession(token, secret, start)).toBeNull()
  const other = await new SignJWT({ ...session })
    .setProtectedHeader({ alg: 'HS256' })
    .setAudience('rapport:something-else')
    .setExpirationTime(start / 1_000 + 60)
    .sign(new TextEncoder().encode(secret))
  expect(await readSession(other, secret, start)).toBeNull()
})

test.each(['', 'short', '31 letters are still one too few'.slice(0, 31)])(
  'a secret of fewer than 32 bytes signs and reads nothing: %j',
  async (weak) => {
    await expect(mintSession(session, weak, start)).rejects.toThrow('fewer than 32 bytes')
    await expect(readSession('a.b.c', weak, start)).rejects.toThrow('fewer than 32 bytes')
  },
)

const admins = { satisfaction: { roles: ['admin' as const], users: [] } }
const agents = { satisfaction: { roles: ['agent' as const], users: [] } }
const user42 = { satisfaction: { roles: [], users: ['42'] } }

test.each([
  { because: 'agents read', role: 'agent', user: '42', permissions: admins, scopes: ['read'] },
  {
    because: 'admins see satisfaction unless told otherwise',
    role: 'admin',
    user: '42',
    permissions: admins,
    scopes: ['read', 'satisfaction', 'admin'],
  },
  {
    because: 'the role is permitted',
    role: 'agent',
    user: '1',
    permissions: agents,
    scopes: ['read', 'satisfaction'],
  },
  {
    because: 'the user is permitted',
    role: 'agent',
    user: '42',
    permissions: user42,
    scopes: ['read', 'satisfaction'],
  },
  { because: 'another user', role: 'agent', user: '4', permissions: user42, scopes: ['read'] },
  {
    because: 'admins may shut themselves out',
    role: 'admin',
    user: '4',
    permissions: user42,
    scopes: ['read', 'admin'],
  },
] as const)('scopes of a session: $because', ({ role, user, permissions, scopes }) => {
  const copy = {
    satisfaction: {
      roles: [...permissions.satisfaction.roles],
      users: [...permissions.satisfaction.users],
    },
  }
  expect(scopesOf(role, user, copy)).toEqual(scopes)
})

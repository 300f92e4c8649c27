import { expect, test } from 'vitest'
import { isOld, readRing, seal, unseal } from '../../worker/zendesk/vault.ts'

const first = `one:${btoa('1'.repeat(32))}`
const second = `two:${btoa('2'.repeat(32))}`

test('what was sealed for an account opens for that account only', async () => {
  const ring = await readRing(first)
  const sealed = await seal(ring, 7, 'a token')
  expect(sealed).toMatch(/^one\.[\w+/=]+\.[\w+/=]+$/)
  expect(sealed).not.toContain('token')
  expect(await unseal(ring, 7, sealed)).toBe('a token')
  expect(await unseal(ring, 8, sealed)).toBeNull()
})

test('sealing twice gives two texts', async () => {
  const ring = await readRing(first)
  expect(await seal(ring, 7, 'a token')).not.toBe(await seal(ring, 7, 'a token'))
})

test('a new first key seals, the older one still opens, and what it sealed counts as old', async () => {
  const sealed = await seal(await readRing(first), 7, 'a token')
  const ring = await readRing(`${second}, ${first}`)
  expect(await unseal(ring, 7, sealed)).toBe('a token')
  expect([isOld(ring, sealed), isOld(ring, await seal(ring, 7, 'x'))]).toEqual([true, false])
  expect(await unseal(await readRing(second), 7, sealed)).toBeNull()
})

test.each(['', 'one', 'one:short', `a b:${btoa('1'.repeat(32))}`, `one:${btoa('1'.repeat(16))}`])(
  'refuses the ring "%s"',
  async (text) => {
    await expect(readRing(text)).rejects.toThrow('TOKEN_KEYS')
  },
)

test.each(['', 'one', 'one.x', 'one.!.!', 'none.AAAA.AAAA'])(
  'does not open the damaged text "%s"',
  async (sealed) => {
    expect(await unseal(await readRing(first), 7, sealed)).toBeNull()
  },
)

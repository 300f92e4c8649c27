import { isValidPhoneNumber, parsePhoneNumberWithError } from 'libphonenumber-js/min'
import { z } from 'zod'
import { id, text } from '../ingest/fields.ts'

const email = text(320).transform((value) => value.trim())
const phone = text(60).transform((value) => value.trim())

/** Who an event is about; at least one usable key. `verified` says the source has proven e-mail and phone. */
export const customerRef = z
  .strictObject({
    id: id.optional(),
    email: email.refine(isEmail, 'not an e-mail address').optional(),
    phone: phone.optional(),
    name: text(500).optional(),
    verified: z.boolean().optional(),
  })
  .check((context) => {
    const ref = context.value
    if (ref.id ?? ref.email) return
    const message =
      ref.phone === undefined
        ? 'at least one of id, email, phone is required'
        : 'without id and email this must be an international phone number'
    const path = ref.phone === undefined ? [] : ['phone']
    if (ref.phone === undefined || e164(ref.phone) === null) {
      context.issues.push({ code: 'custom', input: ref, message, path })
    }
  })
export type CustomerRef = z.output<typeof customerRef>

/** Whether a text has the form of an e-mail address. */
export function isEmail(value: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value)
}

/** International form of a phone number, or null when it has none without guessing a country. */
export function e164(value: string): string | null {
  if (!isValidPhoneNumber(value)) return null
  return parsePhoneNumberWithError(value).number
}

/** Marketplaces hand out addresses that stand for a buyer in one shop only. */
const relays = [/^marketplace\.amazon\./, /^members\.ebay\./, /(^|[.-])relay([.-]|$)/]

/** Key of an e-mail; relay addresses are keys inside their channel only. */
export function emailKey(address: string, channel: string): string {
  const lower = address.toLowerCase()
  const domain = lower.slice(lower.lastIndexOf('@') + 1)
  return relays.some((relay) => relay.test(domain)) ? `email:${channel}|${lower}` : `email:${lower}`
}

/** The keys of one event: the first that is present names its profile, the others may lead to it. */
export interface Keys {
  profile: string
  email: string | null
  phone: string | null
  verified: boolean
}

export function keysOf(ref: CustomerRef, channel: string): Keys {
  const mail = ref.email === undefined ? null : emailKey(ref.email, channel)
  const number = ref.phone === undefined ? null : e164(ref.phone)
  const tel = number === null ? null : `phone:${number}`
  const profile = ref.id === undefined ? (mail ?? tel ?? '') : `id:${ref.id}`
  return { profile, email: mail, phone: tel, verified: ref.verified ?? false }
}

/** A key as people read it. */
export function readKey(key: string): { kind: 'id' | 'email' | 'phone'; value: string } {
  const colon = key.indexOf(':')
  const kind = key.slice(0, colon)
  const value = key.slice(colon + 1)
  if (kind === 'email') return { kind, value: value.slice(value.indexOf('|') + 1) }
  return { kind: kind === 'phone' ? 'phone' : 'id', value }
}

/**
 * Orders the claims of one body into rounds that a set-based statement can resolve one after another with the
 * outcome of doing it line by line: a claim waits for the round after the first claim of any key it shares.
 * Claims of a body that need more than `most` rounds start a new group. Repeated claims are dropped.
 */
export function rounds(claims: readonly Keys[], most: number): Keys[][][] {
  const groups: Keys[][][] = []
  let group: Keys[][] = []
  let seen = new Set<string>()
  let claimed = new Map<string, number>()
  for (const claim of claims) {
    const mark = JSON.stringify(claim)
    if (seen.has(mark)) continue
    const keys = [claim.profile, claim.email, claim.phone].filter((key) => key !== null)
    let round = 0
    for (const key of keys) round = Math.max(round, (claimed.get(key) ?? -1) + 1)
    if (round >= most) {
      groups.push(group)
      group = []
      seen = new Set()
      claimed = new Map()
      round = 0
    }
    seen.add(mark)
    for (const key of keys) if (!claimed.has(key)) claimed.set(key, round)
    const members = group[round]
    if (members === undefined) group[round] = [claim]
    else members.push(claim)
  }
  if (group.length > 0) groups.push(group)
  return groups
}

interface Contact {
  key: string
  channel: string | null
  email: string | null
  phone: string | null
}

/** The keys under which a person's profiles are known, each once, in a form for people beside the key itself. */
export function identitiesOf(profiles: readonly Contact[]) {
  const keys = new Set<string>()
  for (const { key, channel, email: address, phone: number } of profiles) {
    keys.add(key)
    if (address !== null) keys.add(emailKey(address, channel ?? ''))
    const normal = number === null ? null : e164(number)
    if (normal !== null) keys.add(`phone:${normal}`)
  }
  return [...keys].slice(0, 12).map((key) => ({ key, ...readKey(key) }))
}

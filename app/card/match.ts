import type { Card } from '../../worker/customers/card.ts'
import type { Requester } from '../zaf.ts'

/** Keys by which a requester can be found. */
export type MatchKey = 'id' | 'email' | 'phone'

/** The keys that the help desk gave us for a requester. */
export function askedBy(requester: Requester): MatchKey[] {
  return [
    'id',
    ...(requester.email !== null ? (['email'] as const) : []),
    ...(requester.phone !== null ? (['phone'] as const) : []),
  ]
}

/** The keys of the requester that are this customer's too: the evidence that they are one person. */
export function matchedBy(card: Card, requester: Requester): MatchKey[] {
  const has = (kind: MatchKey, value: string | null) =>
    value !== null &&
    card.identities.some((identity) => identity.kind === kind && same(identity.value, kind, value))
  const keys: MatchKey[] = ['id', 'email', 'phone']
  const values = { id: requester.id, email: requester.email, phone: requester.phone }
  return keys.filter((key) => has(key, values[key]))
}

function same(held: string, kind: MatchKey, value: string): boolean {
  if (kind === 'id') return held === value || held === `zendesk:${value}`
  if (kind === 'phone') return digits(held) === digits(value)
  return held.toLowerCase() === value.trim().toLowerCase()
}

function digits(phone: string): string {
  return phone.replace(/\D/g, '')
}

/** The kind of a candidate's key, which is written `email:…`, `phone:…`, `id:…` or plainly. */
export function kindOfKey(key: string): MatchKey {
  if (key.startsWith('email') || key.includes('@')) return 'email'
  if (key.startsWith('phone') || /^\+?[\d\s()-]{6,}$/.test(key)) return 'phone'
  return 'id'
}

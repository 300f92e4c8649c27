import { isObject, jsonObject } from '../timeline/rows.ts'
import type { ProfileRow, Rows } from './facts.ts'
import { readKey } from '../people/identity.ts'

interface WithContact {
  at: number
  profile?: string
  detail: string
}

const fields = ['name', 'email', 'phone'] as const

/**
 * Profiles whose name, e-mail or phone their source never sent as a record take it from the newest order or
 * ticket that came with them and has one.
 */
export function withContacts(rows: Rows): Rows {
  const missing = rows.profiles.some((profile) => fields.some((field) => profile[field] === null))
  if (!missing) return rows
  const found = new Map<string, { at: number } & Partial<Record<(typeof fields)[number], string>>>()
  const facts: readonly WithContact[] = [...rows.orders, ...rows.tickets]
  for (const fact of facts.toSorted((a, b) => b.at - a.at)) {
    if (fact.profile === undefined || !fact.detail.includes('"customer"')) continue
    const contact = jsonObject(fact.detail)['customer']
    if (!isObject(contact)) continue
    const entry = found.get(fact.profile) ?? { at: fact.at }
    for (const field of fields) {
      const value = contact[field]
      if (entry[field] === undefined && typeof value === 'string') entry[field] = value
    }
    found.set(fact.profile, entry)
  }
  return { ...rows, profiles: rows.profiles.map((profile) => filled(profile, found)) }
}

function filled(
  profile: ProfileRow,
  found: ReadonlyMap<string, { at: number; name?: string; email?: string; phone?: string }>,
): ProfileRow {
  const contact = found.get(profile.key)
  const own = readKey(profile.key)
  const keyed = (kind: string) => (own.kind === kind ? own.value : null)
  return {
    ...profile,
    name: profile.name ?? contact?.name ?? null,
    email: profile.email ?? contact?.email ?? keyed('email'),
    phone: profile.phone ?? contact?.phone ?? keyed('phone'),
    updatedAt: profile.updatedAt ?? contact?.at ?? null,
  }
}

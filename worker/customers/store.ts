import { journal } from '../ingest/store.ts'
import type { Sql } from '../sql.ts'
import { sql } from '../sql.ts'

export function selectProfiles(account: number, owners: Sql): Sql {
  return sql`SELECT person, key, channel, name, email, phone, created_at AS createdAt,
      updated_at AS updatedAt FROM profiles
    WHERE account = ${account} AND ${owners} ORDER BY person, key`
}

export function selectObservations(account: number, owners: Sql): Sql {
  return sql`SELECT person, profile, name, at, value FROM observations
    WHERE account = ${account} AND ${owners} ORDER BY person, profile, name, at`
}

/** A source customer as stored; null keeps what is there. */
export interface ProfileFact {
  key: string
  channel: string | null
  name: string | null
  email: string | null
  phone: string | null
  createdAt: number | null
  /** JSON object; replaces all traits. */
  traits: string | null
  /** JSON list; replaces all tags. */
  tags: string | null
  updatedAt: number | null
}

/**
 * Statements that store customer records on profiles that exist already: journal, dated sights of traits and
 * tags that changed, profile. The last outcome counts the profiles that changed. Keys are unique in one call.
 */
export function storeProfiles(account: number, facts: readonly ProfileFact[], now: number): Sql[] {
  const lines = JSON.stringify(
    facts.map((f) => [
      f.key,
      f.channel,
      f.name,
      f.email,
      f.phone,
      f.createdAt,
      f.traits,
      f.tags,
      f.updatedAt,
    ]),
  )
  const w = sql`WITH l AS MATERIALIZED (
      SELECT value->>0 AS key, value->>1 AS channel, value->>2 AS name, value->>3 AS email,
        value->>4 AS phone, value->>5 AS created_at, value->>6 AS traits, value->>7 AS tags,
        value->>8 AS updated_at FROM json_each(${lines})),
    w AS MATERIALIZED (
      SELECT p.person, p.key, coalesce(l.channel, p.channel, '') AS channel,
        coalesce(l.name, p.name) AS name, coalesce(l.email, p.email) AS email,
        coalesce(l.phone, p.phone) AS phone, coalesce(l.created_at, p.created_at) AS created_at,
        coalesce(l.traits, p.traits) AS traits, coalesce(l.tags, p.tags) AS tags,
        p.traits AS old_traits, p.tags AS old_tags,
        coalesce(l.updated_at, p.updated_at) AS updated_at, coalesce(l.updated_at, ${now}) AS seen_at
      FROM l CROSS JOIN identities i ON i.account = ${account} AND i.key = l.key
      CROSS JOIN profiles p ON p.account = ${account} AND p.person = i.person AND p.key = l.key
      WHERE (p.updated_at IS NULL OR l.updated_at IS NULL OR l.updated_at >= p.updated_at)
        AND (p.channel IS NULL OR l.channel <> p.channel OR l.name <> coalesce(p.name, '')
          OR l.email <> coalesce(p.email, '') OR l.phone <> coalesce(p.phone, '')
          OR l.created_at <> coalesce(p.created_at, -1) OR l.traits <> p.traits OR l.tags <> p.tags
          OR l.updated_at > coalesce(p.updated_at, -1)))`
  const observe = (name: Sql, value: Sql, from: Sql) => sql`${w}
    INSERT INTO observations (account, person, profile, name, at, value)
    SELECT ${account}, w.person, w.key, ${name}, w.seen_at, ${value} FROM ${from}
    ON CONFLICT (account, person, profile, name, at) DO UPDATE SET value = excluded.value`
  return [
    journal(account, now, w, sql`SELECT DISTINCT person FROM w`),
    observe(
      sql`'trait:' || t.key`,
      sql`w.traits -> t.fullkey`,
      sql`w, json_each(w.traits) t WHERE w.traits -> t.fullkey IS NOT w.old_traits -> t.fullkey`,
    ),
    observe(
      sql`'trait:' || t.key`,
      sql`'null'`,
      sql`w, json_each(w.old_traits) t WHERE w.traits -> t.fullkey IS NULL`,
    ),
    observe(
      sql`'tag:' || t.value`,
      sql`'true'`,
      sql`w, json_each(w.tags) t WHERE t.value NOT IN (SELECT value FROM json_each(w.old_tags))`,
    ),
    observe(
      sql`'tag:' || t.value`,
      sql`'false'`,
      sql`w, json_each(w.old_tags) t WHERE t.value NOT IN (SELECT value FROM json_each(w.tags))`,
    ),
    sql`${w} INSERT INTO profiles (account, person, key, channel, name, email, phone, created_at, traits,
        tags, updated_at)
      SELECT ${account}, person, key, channel, name, email, phone, created_at, traits, tags, updated_at
      FROM w WHERE true
      ON CONFLICT (account, person, key) DO UPDATE SET channel = excluded.channel,
        name = excluded.name, email = excluded.email, phone = excluded.phone,
        created_at = excluded.created_at, traits = excluded.traits, tags = excluded.tags,
        updated_at = excluded.updated_at`,
  ]
}

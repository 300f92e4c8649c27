import type { Sql } from '../sql.ts'
import { sql } from '../sql.ts'

/** Tickets of the persons that `owners` (a condition on person) chooses. */
export function selectTickets(account: number, owners: Sql): Sql {
  return sql`SELECT person, at, id, profile, channel, status, type, subject, solved_at AS solvedAt, reopens,
      assignee, assignee_name AS assigneeName, group_name AS groupName, detail FROM tickets
    WHERE account = ${account} AND ${owners} ORDER BY person, at, id`
}

/** Messages without their text. */
export function selectMessages(account: number, owners: Sql): Sql {
  return sql`SELECT person, ticket, id, at, author, public, sentiment, corrected FROM messages
    WHERE account = ${account} AND ${owners} ORDER BY person, ticket, id`
}

export function selectRatings(account: number, owners: Sql): Sql {
  return sql`SELECT person, ticket, id, offered_at AS offeredAt, rated_at AS ratedAt, level, scale,
      reasons, comment, agent, agent_name AS agentName, group_name AS groupName FROM ratings
    WHERE account = ${account} AND ${owners} ORDER BY person, ticket, id`
}

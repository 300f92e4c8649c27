/** What other answers only name by id: agents, groups, ticket fields. */
export interface Directory {
  /** Agents and admins by id. */
  staff: Readonly<Record<string, { name: string; role: 'agent' | 'admin' }>>
  groups: Readonly<Record<string, string>>
  /** Titles of the shop's own ticket fields by id; equal titles carry their id. */
  fields: Readonly<Record<string, string>>
  /** When each part was read (epoch ms); 0 = never. */
  at: Readonly<Record<Part, number>>
}

export const parts = ['staff', 'groups', 'fields'] as const
export type Part = (typeof parts)[number]

export const noDirectory: Directory = {
  staff: {},
  groups: {},
  fields: {},
  at: { staff: 0, groups: 0, fields: 0 },
}

/** Titles by id, with the id behind where two fields have one title. */
export function titlesOf(fields: readonly { id: string; title: string }[]): Record<string, string> {
  const often = Map.groupBy(fields, ({ title }) => title)
  return Object.fromEntries(
    fields.map(({ id, title }) => [
      id,
      (often.get(title)?.length ?? 1) > 1 ? `${title} (${id})` : title,
    ]),
  )
}

/** An agent as records name them; without a name of ours, the id. */
export function agentOf(
  { staff }: Directory,
  id: string | null,
): { id: string; name: string } | undefined {
  return id === null ? undefined : { id, name: staff[id]?.name ?? id }
}

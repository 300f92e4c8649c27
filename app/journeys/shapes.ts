/** A node of a board: a segment, an outcome, or one with a name and a rule of its own. */
export interface BoardNode {
  key: string
  x: number
  y: number
  name?: string
  rule?: unknown
}

export interface Arrow {
  source: string
  target: string
}

export interface Drawing {
  nodes: readonly BoardNode[]
  arrows: readonly Arrow[]
}

export interface Board extends Drawing {
  group: string
  version: number
  updatedAt: string | null
  updatedBy: string | null
}

/** A board in the list of all. */
export interface BoardEntry {
  group: string
  name: string | null
  version: number
}

/** Figures of an arrow in a period. */
export interface Figures {
  from: string
  to: string
  moved: number
  sameDay: number
  joinedTarget: number
  sourceSize: number
  rate: number | null
  low: number | null
  high: number | null
  medianDays: number | null
  n: number
  incomplete: { segment: string; exactFrom: string | null } | null
}

export interface Movement extends Arrow, Figures {
  previous: Figures
}

export interface Matrix {
  segments: { key: string; before: number; after: number; stayed: number }[]
  items: (Arrow & Figures)[]
}

export interface Template {
  key: string
  nodes: { key: string; rule?: unknown; words?: { name: string; value: string } }[]
  arrows: Arrow[]
}

export interface Mover {
  id: number
  name: string | null
  email: string | null
  sourceJoined: string | null
  targetJoined: string | null
  days: number | null
}

export const idOf = ({ source, target }: Arrow): string => `${source} ${target}`

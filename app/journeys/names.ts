import type { Words } from '../words.ts'
import type { BoardNode, Template } from './shapes.ts'

export interface Segment {
  key: string
  name: string
  size: number
  group: string | null
}

/** What a node is called: its own name, its segment's, or its outcome's; a deleted segment says so. */
export function nameOf(
  { t, maybe }: Pick<Words, 't' | 'maybe'>,
  segments: readonly Segment[],
  node: Pick<BoardNode, 'key' | 'name'>,
): string {
  if (node.name !== undefined) return node.name
  if (node.key.startsWith('@')) {
    return maybe(`journeys.outcome.${node.key.slice(1)}`) ?? node.key
  }
  const segment = segments.find(({ key }) => key === node.key)
  if (segment === undefined) return t('journeys.gone', { name: node.key })
  return maybe(`segment.${segment.key}`) ?? segment.name
}

/** True for a node whose segment is no more: nothing can be counted of it. */
export function isGone(segments: readonly Segment[], { key }: Pick<BoardNode, 'key'>): boolean {
  return !key.startsWith('@') && !segments.some((one) => one.key === key)
}

/** A template's node with a name in the reader's language. */
export function namedNode(
  { maybe }: Pick<Words, 'maybe'>,
  { key, rule, words }: Template['nodes'][number],
): Pick<BoardNode, 'key' | 'name' | 'rule'> {
  if (rule === undefined || words === undefined) return { key }
  const name = maybe(`journeys.node.${words.name}`, { value: words.value }) ?? words.value
  return { key, name: name.slice(0, 100), rule }
}

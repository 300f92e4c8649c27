import { Icon } from '../ui/Icon.tsx'
import { useWords } from '../words.ts'
import type { NodeData } from './NodeCard.tsx'

/** The nodes of a board in words, for the list. */
export function NodeList(props: {
  nodes: ReadonlyMap<string, NodeData>
  /** Takes one off the board; null while it is only looked at. */
  remove: ((key: string) => void) | null
}) {
  const { t, number } = useWords()
  const { nodes, remove } = props
  return (
    <ul class="node-list" aria-label={t('journeys.nodes')}>
      {[...nodes].map(([key, { name, size, isGone }]) => (
        <li key={key} class={isGone ? 'gone' : ''}>
          <bdi>{name}</bdi>
          {size !== null && <span class="subtle number">{number(size)}</span>}
          {remove !== null && (
            <button
              type="button"
              class="icon-button"
              aria-label={t('journeys.remove', { name })}
              onClick={() => remove(key)}
            >
              <Icon name="cross" tiny />
            </button>
          )}
        </li>
      ))}
    </ul>
  )
}

import {
  BaseEdge,
  type Edge,
  EdgeLabelRenderer,
  type EdgeProps,
  getBezierPath,
} from '@xyflow/react'
import { useId } from 'preact/hooks'
import { Icon } from '../ui/Icon.tsx'

export interface ArrowData extends Record<string, unknown> {
  /** What stands on the arrow; empty while it is counted. */
  label: string
  /** The card that hovering and focus show; empty while there is nothing to say. */
  sentence: string
  notes: readonly string[]
  /** Names the button on the arrow. */
  title: string
  /** Share of the source that moved; null: unknown. */
  rate: number | null
  isIncomplete: boolean
  isChosen: boolean
  open: () => void
}

type Ends = Parameters<typeof getBezierPath>[0]

/** The line and where its count stands; from one lower side to another it hangs below both. */
function pathOf(ends: Ends): [path: string, x: number, y: number] {
  const { sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition } = ends
  if (sourcePosition !== targetPosition) {
    const [path, x, y] = getBezierPath(ends)
    return [path, x, y]
  }
  const low = Math.max(sourceY, targetY) + 64
  const path = `M${sourceX},${sourceY} C${sourceX},${low} ${targetX},${low} ${targetX},${targetY}`
  // The middle of the curve.
  return [path, (sourceX + targetX) / 2, (sourceY + targetY + 6 * low) / 8]
}

/** An arrow, the thicker the greater the share that moved, with its count as a button. */
export function ArrowEdge(props: EdgeProps<Edge<ArrowData>>) {
  const { id, data, markerEnd, selected, ...ends } = props
  const sentence = useId()
  const [path, x, y] = pathOf(ends)
  const width = 1.5 + 8 * Math.sqrt(Math.min(1, data?.rate ?? 0))
  const place = `translate(-50%, -50%) translate(${x}px, ${y}px)`
  const chosen = selected === true || data?.isChosen === true
  return (
    <>
      <BaseEdge
        id={id}
        path={path}
        style={{ strokeWidth: `${width}px` }}
        {...(markerEnd !== undefined && { markerEnd })}
      />
      <EdgeLabelRenderer>
        {data !== undefined && (
          <div class="arrow-label nopan nodrag" style={{ transform: place }}>
            <button
              type="button"
              class={chosen ? 'selected' : ''}
              data-arrow={id}
              aria-label={data.title}
              aria-describedby={sentence}
              onClick={data.open}
            >
              {data.label === '' ? '…' : data.label}
              {data.isIncomplete && <Icon name="warning" tiny />}
            </button>
            <span id={sentence} hidden>
              {data.sentence}
            </span>
          </div>
        )}
      </EdgeLabelRenderer>
    </>
  )
}

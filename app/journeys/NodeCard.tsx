import { Handle, type Node, type NodeProps, Position } from '@xyflow/react'
import { useWords } from '../words.ts'

export interface NodeData extends Record<string, unknown> {
  name: string
  /** Members on the last day of the period; null where it is not counted. */
  size: number | null
  isGone: boolean
  isSource: boolean
}

/** A node of the board: arrows are drawn from its right to the left of another; those that lead back use the others. */
export function NodeCard({ data }: NodeProps<Node<NodeData>>) {
  const { t, number } = useWords()
  const look = `${data.isGone ? ' gone' : ''}${data.isSource ? ' connecting' : ''}`
  return (
    <div class={`journey-node${look}`}>
      <Handle type="target" id="left" position={Position.Left} />
      <Handle type="target" id="top" position={Position.Top} isConnectable={false} />
      <Handle type="target" id="bottom" position={Position.Bottom} isConnectable={false} />
      <strong title={data.name}>
        <bdi>{data.name}</bdi>
      </strong>
      {data.size !== null && (
        <span class="small subtle number">{t('journeys.size', { size: number(data.size) })}</span>
      )}
      <Handle type="source" id="right" position={Position.Right} />
      <Handle type="source" id="top" position={Position.Top} isConnectable={false} />
      <Handle type="source" id="bottom" position={Position.Bottom} isConnectable={false} />
    </div>
  )
}

import '@xyflow/react/dist/base.css'
import {
  applyEdgeChanges,
  applyNodeChanges,
  Controls,
  type Edge,
  MarkerType,
  type Node,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useUpdateNodeInternals,
} from '@xyflow/react'
import { useEffect, useState } from 'preact/hooks'
import { useWords } from '../words.ts'
import { ArrowEdge, type ArrowData } from './ArrowEdge.tsx'
import { canConnect } from './drawing.ts'
import { sidesOf } from './layout.ts'
import { NodeCard, type NodeData } from './NodeCard.tsx'
import { type Arrow, type Drawing, idOf } from './shapes.ts'

const nodeTypes = { segment: NodeCard }
const edgeTypes = { arrow: ArrowEdge }
const fit = { padding: 0.12, minZoom: 0.5, maxZoom: 1 }
const arrowhead = {
  type: MarkerType.ArrowClosed,
  width: 40,
  height: 40,
  markerUnits: 'userSpaceOnUse',
}

export interface CanvasProps {
  drawing: Drawing
  editing: boolean
  nodes: ReadonlyMap<string, NodeData>
  arrows: ReadonlyMap<string, ArrowData>
  /** Called with new places of nodes, once they rest. */
  move: (places: ReadonlyMap<string, { x: number; y: number }>) => void
  connect: (arrow: Arrow) => void
  rewire: (from: Arrow, to: Arrow) => void
  remove: (nodes: readonly string[], arrows: readonly Arrow[]) => void
}

/** The board as a picture: drag, zoom, pan and connect; with keys: arrows move, C connects, Delete removes. */
export function Canvas(props: CanvasProps) {
  return (
    <ReactFlowProvider>
      <Drawn {...props} />
    </ReactFlowProvider>
  )
}

const arrowIn = ({ source, target }: Arrow): Arrow => ({ source, target })

function Drawn(props: CanvasProps) {
  const { drawing, editing, move, connect, rewire, remove } = props
  const words = useWords()
  const { t } = words
  const flow = useReactFlow()
  const measureAnew = useUpdateNodeInternals()
  const [nodes, setNodes] = useState<Node[]>([])
  const [edges, setEdges] = useState<Edge[]>([])
  const [from, setFrom] = useState<string | null>(null)
  const [hot, setHot] = useState<string | null>(null)
  const [said, setSaid] = useState('')
  const nameOf = (key: string) => props.nodes.get(key)?.name ?? key
  useEffect(() => {
    setNodes((before) =>
      drawing.nodes.map(({ key, x, y }) => {
        const data = props.nodes.get(key)
        return {
          ...before.find(({ id }) => id === key),
          id: key,
          type: 'segment',
          position: { x, y },
          data: { ...data, isSource: key === from },
          ariaLabel: data?.name ?? key,
        }
      }),
    )
  }, [drawing.nodes, props.nodes, from])
  useEffect(() => {
    const placeOf = (wanted: string) =>
      drawing.nodes.find(({ key }) => key === wanted) ?? { x: 0, y: 0 }
    setEdges((before) =>
      drawing.arrows.map((arrow) => {
        const data = props.arrows.get(idOf(arrow))
        return {
          ...before.find(({ id }) => id === idOf(arrow)),
          id: idOf(arrow),
          ...arrow,
          type: 'arrow',
          ...sidesOf(placeOf(arrow.source), placeOf(arrow.target)),
          data: { ...data },
          ariaLabel: data?.title ?? idOf(arrow),
          markerEnd: arrowhead,
          // The button on it is what is focused.
          focusable: false,
        }
      }),
    )
  }, [drawing.nodes, drawing.arrows, props.arrows])
  useEffect(() => {
    // A node that is given once more before its size is known here loses its handles, and its arrows with them.
    const lost = nodes.filter(
      ({ id, measured }) =>
        measured !== undefined && flow.getInternalNode(id)?.internals.handleBounds === undefined,
    )
    if (lost.length > 0) measureAnew(lost.map(({ id }) => id))
  }, [nodes, flow, measureAnew])
  const shape = drawing.nodes.map(({ key }) => key).join(' ')
  useEffect(() => {
    // Nodes are measured one frame later.
    const timer = setTimeout(() => void flow.fitView(fit), 60)
    return () => clearTimeout(timer)
  }, [flow, shape, editing])

  const join = (source: string, target: string) => {
    setFrom(null)
    const names = { source: nameOf(source), target: nameOf(target) }
    if (!canConnect(drawing, { source, target })) {
      setSaid(t('journeys.connect.not', names))
      return
    }
    connect({ source, target })
    setSaid(t('journeys.connected', names))
  }
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'Escape') setHot(null)
    const key = nodeAt(event.target)
    const arrow = drawing.arrows.find((one) => idOf(one) === arrowAt(event.target))
    const letter = event.key.toLowerCase()
    if (letter === '0') void flow.fitView(fit)
    else if (letter === '+') void flow.zoomIn()
    else if (letter === '-') void flow.zoomOut()
    if (!editing) return
    const isDelete = event.key === 'Delete' || event.key === 'Backspace'
    if (event.key === 'Escape' && from !== null) {
      setFrom(null)
      setSaid(t('journeys.connect.givenUp'))
    } else if (letter === 'c' && key !== null) {
      setFrom(key)
      setSaid(t('journeys.connecting', { name: nameOf(key) }))
    } else if (event.key === 'Enter' && key !== null && from !== null) {
      event.stopPropagation()
      join(from, key)
    } else if (isDelete && (key !== null || arrow !== undefined)) {
      event.stopPropagation()
      event.preventDefault()
      focusBeside(event.target)
      setSaid(t('journeys.removed', { name: key === null ? '' : nameOf(key) }))
      remove(key === null ? [] : [key], arrow === undefined ? [] : [arrow])
    }
  }
  /** What has the focus of the keyboard is what its keys move. */
  const focus = (event: FocusEvent) => {
    setHot(arrowAt(event.target))
    const key = nodeAt(event.target)
    if (!editing || key === null || !(event.target as HTMLElement).matches(':focus-visible')) return
    setNodes((before) => before.map((node) => ({ ...node, selected: node.id === key })))
  }
  const card = hot === null ? undefined : props.arrows.get(hot)
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- keys of what is inside
    <div
      class={`canvas${editing ? ' editing' : ''}${from === null ? '' : ' joining'}`}
      dir="ltr"
      onKeyDownCapture={press}
      onFocusCapture={focus}
      onBlurCapture={() => setHot(null)}
      onMouseMove={(event) => setHot(arrowAt(event.target))}
      onMouseLeave={() => setHot(null)}
    >
      <ReactFlow
        aria-label={t('journeys.board')}
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        minZoom={0.2}
        maxZoom={2}
        fitView
        fitViewOptions={fit}
        nodesDraggable={editing}
        nodesConnectable={editing}
        edgesReconnectable={editing}
        elementsSelectable={editing}
        nodesFocusable={editing}
        deleteKeyCode={editing ? ['Delete', 'Backspace'] : null}
        panActivationKeyCode={null}
        preventScrolling={false}
        zoomOnScroll={false}
        connectionRadius={60}
        ariaLabelConfig={{
          'controls.ariaLabel': t('journeys.zoom'),
          'controls.zoomIn.ariaLabel': t('journeys.zoom.in'),
          'controls.zoomOut.ariaLabel': t('journeys.zoom.out'),
          'controls.fitView.ariaLabel': t('journeys.zoom.fit'),
          'node.a11yDescription.default': t('journeys.keys'),
          'node.a11yDescription.keyboardDisabled': t('journeys.keys'),
          'node.a11yDescription.ariaLiveMessage': ({ x, y }) =>
            t('journeys.placed', { x: words.number(x), y: words.number(y) }),
          'edge.a11yDescription.default': t('journeys.keys'),
          'handle.ariaLabel': t('journeys.connect'),
        }}
        onNodesChange={(changes) => {
          setNodes((before) => applyNodeChanges(changes, before))
          const places = new Map(
            changes.flatMap((change) =>
              change.type === 'position' && change.dragging !== true && change.position
                ? [[change.id, change.position] as const]
                : [],
            ),
          )
          if (places.size > 0) move(places)
        }}
        onEdgesChange={(changes) => setEdges((before) => applyEdgeChanges(changes, before))}
        onConnect={({ source, target }) => join(source, target)}
        onReconnect={(edge, to) => rewire(arrowIn(edge), arrowIn(to))}
        onDelete={({ nodes: gone, edges: cut }) =>
          remove(
            gone.map(({ id }) => id),
            cut.map(arrowIn),
          )
        }
      >
        <Controls showInteractive={false} />
      </ReactFlow>
      {card !== undefined && card.sentence !== '' && (
        <div class="arrow-card small" aria-hidden="true">
          <p>{card.sentence}</p>
          {card.notes.map((note) => (
            <p key={note} class="subtle">
              {note}
            </p>
          ))}
        </div>
      )}
      <output class="hidden-text">{said}</output>
    </div>
  )
}

/** Key of the node that has the focus, not of something within it. */
function nodeAt(target: EventTarget | null): string | null {
  return target instanceof HTMLElement && target.classList.contains('react-flow__node')
    ? (target.dataset['id'] ?? null)
    : null
}

/** The arrow that a button or a line stands for. */
function arrowAt(target: EventTarget | null): string | null {
  if (!(target instanceof Element)) return null
  const button = target.closest<HTMLElement>('[data-arrow]')
  if (button !== null) return button.dataset['arrow'] ?? null
  return target.closest('.react-flow__edge')?.getAttribute('data-id') ?? null
}

/** Focus goes to the node or arrow beside the one that is removed, else to nothing. */
function focusBeside(target: EventTarget | null): void {
  if (!(target instanceof HTMLElement)) return
  const kind = target.dataset['arrow'] === undefined ? '.react-flow__node' : '[data-arrow]'
  const all = [...(target.closest('.canvas')?.querySelectorAll<HTMLElement>(kind) ?? [])]
  const at = all.indexOf(target)
  ;(all[at + 1] ?? all[at - 1])?.focus()
}

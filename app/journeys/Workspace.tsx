import { useCallback, useMemo, useState } from 'preact/hooks'
import { ApiError } from '../api.ts'
import { useSurroundings } from '../surroundings.ts'
import { Empty } from '../ui/Empty.tsx'
import { failureOf, failureTitle } from '../ui/Failed.tsx'
import { Guarded } from '../ui/Guarded.tsx'
import { Notice } from '../ui/Notice.tsx'
import { type Key, useWords } from '../words.ts'
import type { ArrowData } from './ArrowEdge.tsx'
import { ArrowForm } from './ArrowForm.tsx'
import { ArrowTable } from './ArrowTable.tsx'
import { withTemplate } from './begin.ts'
import { Canvas } from './Canvas.tsx'
import { Conflict } from './Conflict.tsx'
import { beginWith, isDirty, useDrafting } from './drafts.ts'
import { addNode, connect, moveNodes, removeArrows, removeNodes, rewire } from './drawing.ts'
import { EditBar } from './EditBar.tsx'
import type { View } from './Filters.tsx'
import { freePlace, layOut } from './layout.ts'
import { MatrixTable } from './MatrixTable.tsx'
import { isGone, nameOf as nameIn, type Segment } from './names.ts'
import type { NodeData } from './NodeCard.tsx'
import { NodeList } from './NodeList.tsx'
import { People } from './People.tsx'
import { incompleteText, notesOf, sentenceOf } from './sentence.ts'
import { type Arrow, type Board, idOf, type Template } from './shapes.ts'
import { Templates } from './Templates.tsx'
import { type Period, useCounts } from './use-counts.ts'

/** One board: looked at and drawn, as a picture, as a list, and with all pairs of its segments. */
export function Workspace(props: {
  board: Board
  /** Reads the board again. */
  reload: () => void
  segments: readonly Segment[]
  period: Period
  today: string
  view: View
  /** The arrow whose people are shown, by its name; empty: none. */
  arrow: string
  open: (arrow: string) => void
}) {
  const words = useWords()
  const { t } = words
  const { api, account, role } = useSurroundings()
  const { segments, period, view, open } = props
  const [saved, setSaved] = useState<Board | null>(null)
  const board = saved !== null && saved.version > props.board.version ? saved : props.board
  const { editing, set, draw, turn } = useDrafting(`${account.id} ${board.group}`)
  const [busy, setBusy] = useState(false)
  const [told, setTold] = useState<Key | null>(null)
  const [chosen, setChosen] = useState<Arrow | null>(null)
  const drawing = editing?.draft.now ?? board
  const nameOf = useCallback(
    (key: string) =>
      nameIn(words, segments, drawing.nodes.find((one) => one.key === key) ?? { key }),
    [words, segments, drawing.nodes],
  )
  const goneKeys = useMemo(
    () =>
      drawing.nodes
        .filter((one) => one.rule === undefined && isGone(segments, one))
        .map(({ key }) => key),
    [drawing.nodes, segments],
  )
  const countable = useMemo(() => removeNodes(drawing, goneKeys), [drawing, goneKeys])
  const counts = useCounts(countable, period)
  const { known } = counts
  const isToday = period.to === props.today
  const nodes = useMemo(
    () =>
      new Map(
        drawing.nodes.map(({ key }): [string, NodeData] => {
          const live = segments.find((one) => one.key === key)?.size ?? null
          const size = known.sizeOf(key) ?? (isToday ? live : null)
          const isLost = goneKeys.includes(key)
          return [key, { name: nameOf(key), size, isGone: isLost, isSource: false }]
        }),
      ),
    [drawing.nodes, segments, nameOf, known, isToday, goneKeys],
  )
  const isEditing = editing !== null
  const arrows = useMemo(
    () =>
      new Map(
        drawing.arrows.map((arrow): [string, ArrowData] => {
          const one = known.of(arrow)
          const names = { source: nameOf(arrow.source), target: nameOf(arrow.target) }
          const moved = one === undefined ? '…' : words.number(one.moved)
          const title = isEditing
            ? t('journeys.arrow.change', { ...names, label: moved })
            : t('journeys.open', { ...names, moved })
          return [
            idOf(arrow),
            {
              label: one === undefined ? '' : moved,
              sentence: one === undefined ? '' : sentenceOf(words, one, nameOf),
              notes: one === undefined ? [] : notesOf(words, one, nameOf),
              title,
              rate: one?.rate ?? null,
              isIncomplete: one !== undefined && one.incomplete !== null,
              isChosen: chosen !== null && idOf(chosen) === idOf(arrow),
              open: () => (isEditing ? setChosen(arrow) : open(idOf(arrow))),
            },
          ]
        }),
      ),
    [drawing.arrows, nameOf, known, isEditing, chosen, words, t, open],
  )
  const missing = new Set(
    drawing.arrows.flatMap((arrow) => {
      const one = known.of(arrow)
      return one === undefined ? [] : (incompleteText(words, one, nameOf) ?? [])
    }),
  )
  const show = (arrow: Arrow) => open(idOf(arrow))
  const begin = (template: Template | null) => {
    setTold(null)
    set(beginWith(board, goneKeys))
    if (template !== null) draw((now) => withTemplate(words, now, template))
  }
  const save = async () => {
    if (editing === null) return
    setBusy(true)
    setTold(null)
    const { nodes: drawn, arrows: led } = editing.draft.now
    const body = { version: editing.version, nodes: drawn, arrows: led }
    try {
      setSaved(await api.send<Board>('PUT', `/boards/${encodeURIComponent(board.group)}`, body))
      set(null)
      setChosen(null)
      setTold('journeys.saved')
    } catch (error) {
      // What others saved is read, and shown beside.
      const isConflict = error instanceof ApiError && error.status === 409
      setTold(isConflict ? 'journeys.notSaved' : 'notDone')
    }
    props.reload()
    setBusy(false)
  }
  const giveUp = () => {
    set(null)
    setChosen(null)
    setTold(null)
  }
  const linked = drawing.arrows.find((one) => idOf(one) === props.arrow) ?? pairIn(props.arrow)
  const isEmpty = drawing.nodes.length === 0
  const linkedItem = linked === null ? undefined : known.of(linked)
  return (
    <>
      {editing !== null && editing.version !== board.version && (
        <Conflict
          editing={editing}
          theirs={board}
          decide={(next) => {
            set(next)
            setChosen(null)
            setTold(null)
          }}
        />
      )}
      {[...missing].map((text) => (
        <Notice key={text} tone="amber" icon="warning">
          <p>{text}</p>
        </Notice>
      ))}
      {counts.error !== null && (
        <Notice tone="red" icon="warning">
          <p>
            <strong>{t(failureTitle(failureOf(counts.error)))}</strong> {t('journeys.notCounted')}
          </p>
          <button type="button" class="text-button" onClick={counts.ask}>
            {t('retry')}
          </button>
        </Notice>
      )}
      {goneKeys.length > 0 && (
        <Notice tone="amber" icon="warning">
          <p>{t('journeys.gone.text', { names: words.list(goneKeys) })}</p>
        </Notice>
      )}
      {editing !== null && view !== 'matrix' && (
        <>
          <EditBar
            editing={editing}
            segments={segments}
            busy={busy}
            add={(key) => draw((now) => addNode(now, { key, ...freePlace(now) }))}
            begin={(template) => draw((now) => withTemplate(words, now, template))}
            layOut={() => draw(layOut)}
            turn={turn}
            save={() => void save()}
            giveUp={giveUp}
          />
          <ArrowForm
            drawing={drawing}
            nameOf={nameOf}
            chosen={chosen}
            choose={setChosen}
            connect={(arrow) => draw((now) => connect(now, arrow))}
            rewire={(from, to) => draw((now) => rewire(now, from, to))}
            remove={(arrow) => draw((now) => removeArrows(now, [arrow]))}
            show={show}
          />
        </>
      )}
      <div class="board-head">
        {editing === null && role === 'admin' && !isEmpty && view !== 'matrix' && (
          <button type="button" class="button" onClick={() => begin(null)}>
            {t('journeys.edit')}
          </button>
        )}
        <output class="small subtle said">
          {told !== null
            ? t(told)
            : counts.busy
              ? t('journeys.counting')
              : editing !== null && isDirty(editing)
                ? t('journeys.unsaved')
                : ''}
        </output>
      </div>
      <Guarded>
        {view === 'matrix' ? (
          <MatrixTable group={board.group} period={period} nameOf={nameOf} open={show} />
        ) : isEmpty && editing === null ? (
          <Begin canDraw={role === 'admin'} begin={begin} />
        ) : view === 'board' ? (
          <Canvas
            drawing={drawing}
            editing={isEditing}
            nodes={nodes}
            arrows={arrows}
            move={(places) => draw((now) => moveNodes(now, places))}
            connect={(arrow) => draw((now) => connect(now, arrow))}
            rewire={(from, to) => draw((now) => rewire(now, from, to))}
            remove={(keys, cut) => draw((now) => removeNodes(removeArrows(now, cut), keys))}
          />
        ) : (
          <>
            <NodeList
              nodes={nodes}
              remove={isEditing ? (key) => draw((now) => removeNodes(now, [key])) : null}
            />
            <ArrowTable
              arrows={drawing.arrows}
              known={known}
              busy={counts.busy}
              nameOf={nameOf}
              open={show}
              choose={isEditing ? setChosen : null}
            />
          </>
        )}
      </Guarded>
      {editing !== null && view === 'board' && <p class="small subtle">{t('journeys.keys')}</p>}
      {linked !== null && (
        <People
          key={idOf(linked)}
          arrow={linked}
          nodes={drawing.nodes}
          period={period}
          nameOf={nameOf}
          sentence={linkedItem === undefined ? '' : sentenceOf(words, linkedItem, nameOf)}
          close={() => open('')}
        />
      )}
    </>
  )
}

/** An arrow of the address that is not on the board: one of the matrix. */
function pairIn(text: string): Arrow | null {
  const [source = '', target = ''] = text.split(' ')
  return /^@?[a-z0-9][\w-]*$/.test(source) && /^@?[a-z0-9][\w-]*$/.test(target)
    ? { source, target }
    : null
}

/** Nobody has drawn yet. */
function Begin(props: { canDraw: boolean; begin: (template: Template | null) => void }) {
  const { t } = useWords()
  return (
    <Empty icon="link" level={2} title={t('journeys.empty.title')}>
      <p class="subtle">{t(props.canDraw ? 'journeys.empty.text' : 'journeys.empty.forAgents')}</p>
      {props.canDraw && (
        <>
          <Templates choose={props.begin} />
          <button type="button" class="button" onClick={() => props.begin(null)}>
            {t('journeys.empty.own')}
          </button>
        </>
      )}
    </Empty>
  )
}

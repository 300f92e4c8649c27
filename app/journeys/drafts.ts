import { useEffect, useState } from 'preact/hooks'
import { type Draft, removeNodes, step } from './drawing.ts'
import type { Board, Drawing } from './shapes.ts'

/** A board that is being drawn: what it was when it was read, with its version, and what became of it. */
export interface Editing {
  base: Drawing
  version: number
  draft: Draft
}

/** Boards that are being drawn, by account and group: leaving the page loses nothing. */
const kept = new Map<string, Editing>()

export function isDirty({ base, draft }: Editing): boolean {
  return draft.now !== base
}

/** Begins to draw; nodes of segments that are no more are taken off, because nothing can be counted of them. */
export function beginWith({ nodes, arrows, version }: Board, gone: readonly string[]): Editing {
  const base: Drawing = { nodes, arrows }
  return { base, version, draft: { now: removeNodes(base, gone), past: [], future: [] } }
}

/** Goes on from what somebody else has saved meanwhile, with this drawing. */
export function goOnFrom(editing: Editing, theirs: Board, drawing: Drawing): Editing {
  const { nodes, arrows, version } = theirs
  return { base: { nodes, arrows }, version, draft: step(editing.draft, drawing) }
}

/** What is being drawn under a name; null: nothing. Closing the tab with unsaved changes asks first. */
export function useDrafting(name: string) {
  const [, redraw] = useState(0)
  const current = kept.get(name) ?? null
  const dirty = current !== null && isDirty(current)
  useEffect(() => {
    if (!dirty) return undefined
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [dirty])
  const set = (next: Editing | null) => {
    if (next === null) kept.delete(name)
    else kept.set(name, next)
    redraw((count) => count + 1)
  }
  return {
    editing: current,
    set,
    /** The next step, from what is drawn by then. */
    draw: (change: (now: Drawing) => Drawing) => {
      const editing = kept.get(name)
      if (editing === undefined) return
      set({ ...editing, draft: step(editing.draft, change(editing.draft.now)) })
    },
    /** Takes steps back or forth. */
    turn: (by: (draft: Draft) => Draft) => {
      const editing = kept.get(name)
      if (editing !== undefined) set({ ...editing, draft: by(editing.draft) })
    },
  }
}

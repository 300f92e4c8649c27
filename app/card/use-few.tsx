import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { useWords } from '../words.ts'

/** So many rows before the rest waits behind a button: the panel stays short enough to read at a glance. */
const few = 3

/** The first rows of a list, and the button (as a row) that shows the others; null when there are none. */
export function useFew<T>(rows: readonly T[]): { shown: readonly T[]; more: VNode | null } {
  const { t } = useWords()
  const [all, setAll] = useState(false)
  const hidden = rows.length - few
  if (all || hidden < 2) return { shown: rows, more: null }
  return {
    shown: rows.slice(0, few),
    more: (
      <li>
        <button type="button" class="row text-button" onClick={() => setAll(true)}>
          {t('few.more', { count: hidden })}
        </button>
      </li>
    ),
  }
}

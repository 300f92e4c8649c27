import type { ComponentChildren } from 'preact'
import './table-frame.css'

/** Room for a table that may be wider than the page: it scrolls sideways, by keyboard too. */
export function TableFrame({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
    <section class="table-frame" aria-label={label} tabIndex={0}>
      {children}
    </section>
  )
}

import { useRef, useState } from 'preact/hooks'
import { Icon } from '../ui/Icon.tsx'
import { SegmentName, toneOf } from '../ui/SegmentName.tsx'
import { Tag } from '../ui/Tag.tsx'
import { type Key, useWords } from '../words.ts'
import {
  type CustomerPage,
  type CustomerRow,
  type Filter,
  nextSort,
  type Sortable,
} from './list.ts'

interface Column {
  id: string
  title: Key
  sort?: Sortable
}

/** In order of the table; the style sheet drops the later ones first where there is no room. */
const columns: readonly Column[] = [
  { id: 'name', title: 'column.name' },
  { id: 'segments', title: 'segments.title' },
  { id: 'value', title: 'totals.value', sort: 'totalOrderValue' },
  { id: 'count', title: 'totals.orders', sort: 'orders' },
  { id: 'average', title: 'totals.average', sort: 'averageSpend' },
  { id: 'latest', title: 'totals.latest', sort: 'latestPurchase' },
  { id: 'since', title: 'column.since', sort: 'customerSince' },
  { id: 'channels', title: 'column.channels' },
]

/** One row a person. The names are one Tab stop: arrows, Home and End move, Enter opens the card. */
export function CustomerTable(props: {
  page: CustomerPage | null
  busy: boolean
  sort: Filter['sort']
  skipped: number
  sortBy: (sort: Filter['sort']) => void
  open: (id: number) => void
}) {
  const { t } = useWords()
  const { page, busy, sort, skipped, sortBy, open } = props
  const body = useRef<HTMLTableSectionElement>(null)
  const [current, setCurrent] = useState(0)
  const rows = page?.items ?? []
  const focused = Math.min(current, Math.max(0, rows.length - 1))
  const move = (to: number) => {
    const next = Math.min(Math.max(to, 0), rows.length - 1)
    setCurrent(next)
    body.current?.querySelectorAll<HTMLButtonElement>('.open')[next]?.focus()
  }
  return (
    <div class={`table-frame${busy && page !== null ? ' dimmed' : ''}`}>
      <table aria-busy={busy} aria-rowcount={page === null ? -1 : page.total + 1}>
        <caption class="hidden-text">{t('page.customers')}</caption>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <Head key={column.id} column={column} sort={sort} sortBy={sortBy} />
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          {page === null
            ? Array.from({ length: 12 }, (_, index) => <BoneRow key={index} />)
            : rows.map((row, index) => (
                <Row
                  key={row.id}
                  row={row}
                  at={skipped + index + 2}
                  focusable={index === focused}
                  open={() => {
                    setCurrent(index)
                    open(row.id)
                  }}
                  move={(key) => {
                    const to = targetOf(key, index, rows.length)
                    if (to !== null) move(to)
                    return to !== null
                  }}
                />
              ))}
        </tbody>
      </table>
    </div>
  )
}

/** Where a key leads from a row; null when it is no key of the list. */
export function targetOf(key: string, index: number, count: number): number | null {
  switch (key) {
    case 'ArrowDown':
    case 'j':
      return index + 1
    case 'ArrowUp':
    case 'k':
      return index - 1
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return null
  }
}

function Head(props: {
  column: Column
  sort: Filter['sort']
  sortBy: (sort: Filter['sort']) => void
}) {
  const { t } = useWords()
  const { id, title, sort: by } = props.column
  if (by === undefined) {
    return (
      <th scope="col" class={id}>
        {t(title)}
      </th>
    )
  }
  const on = props.sort.by === by
  return (
    <th
      scope="col"
      class={id}
      {...(on && { 'aria-sort': props.sort.down ? 'descending' : 'ascending' })}
    >
      <button type="button" onClick={() => props.sortBy(nextSort(props.sort, by))}>
        {t(title)}
        {on && <Icon name={props.sort.down ? 'low' : 'up'} tiny />}
      </button>
    </th>
  )
}

function Row(props: {
  row: CustomerRow
  at: number
  focusable: boolean
  open: () => void
  move: (key: string) => boolean
}) {
  const { t, money, number, day, month } = useWords()
  const { row, at, focusable, open, move } = props
  return (
    <tr aria-rowindex={at}>
      <th scope="row" class="name">
        <button
          type="button"
          class="open"
          tabIndex={focusable ? 0 : -1}
          onClick={open}
          onKeyDown={(event) => {
            if (move(event.key)) event.preventDefault()
          }}
        >
          <bdi class="cut">{row.name ?? row.email ?? t('unnamed')}</bdi>
          {row.name !== null && row.email !== null && (
            <bdi class="cut small subtle">{row.email}</bdi>
          )}
        </button>
      </th>
      <td class="segments">
        <span class="chips">
          {row.segments.slice(0, 3).map((segment) => (
            <Tag key={segment.key} tone={toneOf(segment.key)}>
              <SegmentName segment={segment} />
            </Tag>
          ))}
          {row.segments.length > 3 && (
            <span class="small subtle">+{number(row.segments.length - 3)}</span>
          )}
        </span>
      </td>
      <td class="value number">{money(row.totalOrderValue, row.currency)}</td>
      <td class="count number">{number(row.orders)}</td>
      <td class="average number">
        {row.averageSpend === null ? '–' : money(row.averageSpend, row.currency)}
      </td>
      <td class="latest number">{row.latestPurchase === null ? '–' : day(row.latestPurchase)}</td>
      <td class="since number">{row.customerSince === null ? '–' : month(row.customerSince)}</td>
      <td class="channels">
        <bdi class="cut">{row.channels.join(', ')}</bdi>
      </td>
    </tr>
  )
}

function BoneRow() {
  return (
    <tr class="bones" aria-hidden="true">
      {columns.map(({ id }) => (
        <td key={id} class={id} aria-label={id}>
          <span
            class="bone"
            style={{ height: '0.875rem', width: id === 'name' ? '9rem' : '4rem' }}
          />
        </td>
      ))}
    </tr>
  )
}

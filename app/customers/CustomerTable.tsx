import { Fragment } from 'preact'
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import { sayFact } from '../rules/say.ts'
import { Icon } from '../ui/Icon.tsx'
import { useWords } from '../words.ts'
import { Cell, Face, useWordText } from './Cell.tsx'
import { type Column, columnsOf } from './columns.ts'
import { type CustomerPage, type CustomerRow, type Filter, nextSort } from './list.ts'

/** One row a person, or an instance. The names are one Tab stop: arrows, Home and End move, Enter opens the card. */
export function CustomerTable(props: {
  page: CustomerPage | null
  /** Rows of the pages before. */
  skipped: number
  busy: boolean
  filter: Filter
  sortBy: (sort: Filter['sort']) => void
  open: (id: number) => void
}) {
  const { t } = useWords()
  const { page, skipped, busy, filter, sortBy, open } = props
  const { sort, groupBy, view } = filter
  const chosen = filter.columns.join(',')
  const columns = useMemo(() => columnsOf(chosen === '' ? [] : chosen.split(',')), [chosen])
  const body = useRef<HTMLTableSectionElement>(null)
  const [current, setCurrent] = useState(0)
  const rows = page?.items ?? []
  const focused = Math.min(current, Math.max(0, rows.length - 1))
  const move = (to: number) => {
    const next = Math.min(Math.max(to, 0), rows.length - 1)
    setCurrent(next)
    body.current?.querySelectorAll<HTMLButtonElement>('.open')[next]?.focus()
  }
  const actsRef = useRef({ open, move })
  useLayoutEffect(() => {
    actsRef.current = { open, move }
  })
  // A change of page draws the list several times, its rows only once; they keep nothing, so the next page takes their places.
  const drawn = useMemo(() => {
    const items = page?.items ?? []
    const begins = (index: number) =>
      groupBy !== '' && (index === 0 || items[index]?.group !== items[index - 1]?.group)
    return items.map((row, index) => (
      <Fragment key={index}>
        {page !== null && begins(index) && (
          <GroupRow page={page} row={row} columns={columns.length + (view === 'person' ? 0 : 1)} />
        )}
        <Row
          row={row}
          columns={columns}
          byValue={view !== 'person'}
          at={skipped + index + 2}
          focusable={index === focused}
          open={() => {
            setCurrent(index)
            actsRef.current.open(row.id)
          }}
          move={(key) => {
            const to = targetOf(key, index, items.length)
            if (to !== null) actsRef.current.move(to)
            return to !== null
          }}
        />
      </Fragment>
    ))
  }, [page, columns, groupBy, view, skipped, focused])
  return (
    <div class={`table-frame${busy && page !== null ? ' dimmed' : ''}`}>
      <table
        class={filter.columns.length > 0 ? 'chosen' : ''}
        aria-busy={busy}
        aria-rowcount={page === null ? -1 : page.total + 1}
      >
        <caption class="hidden-text">{t('page.customers')}</caption>
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col" class="name">
              {t('column.name')}
            </th>
            {view !== 'person' && <th scope="col">{view}</th>}
            {columns.map((column) => (
              <Head key={column.id} column={column} sort={sort} sortBy={sortBy} />
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          {page === null
            ? Array.from({ length: 12 }, (_, index) => <BoneRow key={index} columns={columns} />)
            : drawn}
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
  const words = useWords()
  const { name, title, field, sort: by } = props.column
  const text = field === undefined ? words.t(title) : sayFact(words, field)
  if (by === undefined) {
    return (
      <th scope="col" class={name}>
        {text}
      </th>
    )
  }
  const on = props.sort.by === by
  return (
    <th
      scope="col"
      class={name}
      {...(on && { 'aria-sort': props.sort.down ? 'descending' : 'ascending' })}
    >
      <button type="button" onClick={() => props.sortBy(nextSort(props.sort, by))}>
        {text}
        {on && <Icon name={props.sort.down ? 'low' : 'up'} tiny />}
      </button>
    </th>
  )
}

/** Stands before the first row of a group: its value, and how many are in it. */
function GroupRow(props: { page: CustomerPage; row: CustomerRow; columns: number }) {
  const { t } = useWords()
  const textOf = useWordText()
  const { page, row, columns } = props
  const value = row.group ?? null
  const group = page.groups?.find((one) => one.value === value)
  return (
    <tr class="group">
      <th scope="colgroup" colSpan={columns + 1}>
        <bdi>{value === null ? t('customers.noValue') : textOf(value)}</bdi>{' '}
        {group !== undefined && (
          <span class="small subtle">{t('customers.inGroup', { count: group.customers })}</span>
        )}
      </th>
    </tr>
  )
}

function Row(props: {
  row: CustomerRow
  columns: readonly Column[]
  byValue: boolean
  at: number
  focusable: boolean
  open: () => void
  move: (key: string) => boolean
}) {
  const { t } = useWords()
  const textOf = useWordText()
  const { row, columns, byValue, at, focusable, open, move } = props
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
          <span class="who">
            <bdi class="cut">{row.name ?? row.email ?? t('unnamed')}</bdi>
            <Face label={row.sentiment?.label ?? 'unknown'} />
          </span>
          {row.name !== null && row.email !== null && (
            <bdi class="cut small subtle">{row.email}</bdi>
          )}
        </button>
      </th>
      {byValue && (
        <td>
          <bdi class="cut">{row.value == null ? t('customers.noValue') : textOf(row.value)}</bdi>
        </td>
      )}
      {columns.map((column) => (
        <Cell key={column.id} column={column} row={row} />
      ))}
    </tr>
  )
}

function BoneRow({ columns }: { columns: readonly Column[] }) {
  return (
    <tr class="bones" aria-hidden="true">
      {['name', ...columns.map(({ name }) => name)].map((name, index) => (
        <td key={index} class={name} aria-label={name}>
          <span class="bone" style={{ height: '0.875rem', width: index === 0 ? '9rem' : '4rem' }} />
        </td>
      ))}
    </tr>
  )
}

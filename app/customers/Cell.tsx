import type { PersonLabel } from '../../worker/sentiment/catalog.ts'
import { Icon } from '../ui/Icon.tsx'
import { SegmentName, toneOf } from '../ui/SegmentName.tsx'
import { Tag } from '../ui/Tag.tsx'
import { useWords } from '../words.ts'
import type { Column } from './columns.ts'
import type { CustomerRow, Word } from './list.ts'

/** A value of a field as the reader's language writes it. */
export function useWordText(): (word: Word) => string {
  const { t, number, day } = useWords()
  return (word) => {
    if (typeof word === 'number') return number(word)
    if (typeof word === 'boolean') return t(word ? 'yes' : 'no')
    return /^\d{4}-\d{2}-\d{2}$/.test(word) ? day(word) : word
  }
}

/** A cell of the list beside the name. */
export function Cell({ column, row }: { column: Column; row: CustomerRow }) {
  const { t, money, number, day, month } = useWords()
  const textOf = useWordText()
  const { id, name, field } = column
  if (field !== undefined) {
    const word = row.fields?.[field] ?? null
    return (
      <td class={name}>
        <bdi class="cut">{word === null ? '–' : textOf(word)}</bdi>
      </td>
    )
  }
  switch (id) {
    case 'segments':
      return (
        <td class={name}>
          <Segments row={row} />
        </td>
      )
    case 'totalOrderValue':
      return <td class="value number">{money(row.totalOrderValue, row.currency)}</td>
    case 'orders':
      return <td class="count number">{number(row.orders)}</td>
    case 'averageSpend':
      return (
        <td class="average number">
          {row.averageSpend === null ? '–' : money(row.averageSpend, row.currency)}
        </td>
      )
    case 'latestPurchase':
      return (
        <td class="latest number">{row.latestPurchase === null ? '–' : day(row.latestPurchase)}</td>
      )
    case 'customerSince':
      return (
        <td class="since number">{row.customerSince === null ? '–' : month(row.customerSince)}</td>
      )
    case 'channels':
      return (
        <td class={name}>
          <bdi class="cut">{row.channels.join(', ')}</bdi>
        </td>
      )
    case 'sentiment':
      return <td class={name}>{t(`mood.${row.sentiment?.label ?? 'unknown'}`)}</td>
    default: {
      const text = id === 'email' ? row.email : row.phone
      return (
        <td class={name}>
          <bdi class="cut">{text ?? '–'}</bdi>
        </td>
      )
    }
  }
}

function Segments({ row }: { row: CustomerRow }) {
  const { number } = useWords()
  return (
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
  )
}

/** A face where the mood says something, with its word for those who do not see it. */
export function Face({ label }: { label: PersonLabel }) {
  const { t } = useWords()
  if (label !== 'positive' && label !== 'negative') return null
  return (
    <span class={`mood face ${label}`} title={t(`mood.${label}`)}>
      <Icon name={label} />
      <span class="hidden-text">{t(`mood.${label}`)}</span>
    </span>
  )
}

import type { ComponentChildren } from 'preact'
import { SegmentName } from '../ui/SegmentName.tsx'
import { useWords } from '../words.ts'
import { useSegments } from './use-segments.ts'

/** The account's segments as filters; a list beside the table, a menu where there is no room. */
export function SegmentFilter(props: {
  value: string
  choose: (key: string) => void
  /** Stands below the segments. */
  children?: ComponentChildren
}) {
  const { t, number, maybe } = useWords()
  const { value, choose, children } = props
  const { data, error, ask } = useSegments()
  const segments = data?.items ?? []
  return (
    <nav class="segment-filter" aria-label={t('segments.title')}>
      <select
        class="select"
        aria-label={t('segments.title')}
        value={value}
        onChange={(event) => choose(event.currentTarget.value)}
      >
        <option value="">{t('customers.all')}</option>
        {segments.map(({ key, name }) => (
          <option key={key} value={key}>
            {maybe(`segment.${key}`) ?? name}
          </option>
        ))}
      </select>
      <h2>{t('segments.title')}</h2>
      <ul>
        <li>
          <button type="button" aria-pressed={value === ''} onClick={() => choose('')}>
            {t('customers.all')}
          </button>
        </li>
        {segments.map((segment) => (
          <li key={segment.key}>
            <button
              type="button"
              aria-pressed={value === segment.key}
              onClick={() => choose(segment.key)}
            >
              <SegmentName segment={segment} />
              {typeof segment.size === 'number' && (
                <span class="small subtle number">{number(segment.size)}</span>
              )}
            </button>
          </li>
        ))}
      </ul>
      {data === undefined && error !== null && (
        <p class="small subtle">
          {t('customers.noSegments')}{' '}
          <button type="button" class="text-button" onClick={ask}>
            {t('retry')}
          </button>
        </p>
      )}
      {children}
    </nav>
  )
}

import type { PageProps } from '../pages/pages.ts'
import { Empty } from '../ui/Empty.tsx'
import { Failed } from '../ui/Failed.tsx'
import { Section } from '../ui/Section.tsx'
import { useWords } from '../words.ts'
import { CaseList } from './CaseList.tsx'
import { Choice, DayField } from './Fields.tsx'
import { FigureCards, GroupTable } from './Figures.tsx'
import { MethodEditor } from './MethodEditor.tsx'
import { Moved } from './Moved.tsx'
import { Sensitivity } from './Sensitivity.tsx'
import { useGet } from '../use-get.ts'
import { type Dimension, dimensions, type Method, type Metrics } from './shapes.ts'
import '../ui/dialog.css'
import './inquiries.css'

/** Tickets grouped into cases the way the reader chooses: how many, resolved or not, how fast, down to tickets. */
export function InquiriesPage({ query, change }: PageProps) {
  const { t } = useWords()
  const methods = useGet<{ items: Method[] }>('/aggregation-methods', {})
  const items = methods.data?.items ?? []
  const method = items.find(({ id }) => id === query['method']) ?? items[0]
  const nameOf = ({ isDefault, version, name }: Method) =>
    isDefault && version === 0 ? t('inquiries.default') : name
  const set = (next: Record<string, string>) => change({ ...query, ...next })
  if (method === undefined) {
    return (
      <div class="inquiries">
        {methods.error === null ? (
          <div class="inquiries-bone bones" aria-hidden="true" />
        ) : (
          <Failed error={methods.error} retry={methods.ask} />
        )}
      </div>
    )
  }
  const others = items.filter(({ id }) => id !== method.id)
  return (
    <div class="inquiries">
      <h1>{t('page.inquiries')}</h1>
      <div class="fields">
        <Choice
          label={t('inquiries.method')}
          value={method.id}
          choices={items.map((one) => ({ value: one.id, label: nameOf(one) }))}
          choose={(value) => set({ method: value })}
        />
        <DayField
          label={t('inquiries.from')}
          value={query['from'] ?? ''}
          choose={(from) => set({ from })}
        />
        <DayField
          label={t('inquiries.to')}
          value={query['to'] ?? ''}
          choose={(to) => set({ to })}
        />
        <Choice
          label={t('inquiries.by')}
          value={query['by'] ?? ''}
          choices={[
            { value: '', label: t('inquiries.by.none') },
            ...dimensions.map((one) => ({ value: one, label: t(`inquiries.by.${one}`) })),
          ]}
          choose={(by) => set({ by })}
        />
        <Choice
          label={t('inquiries.time')}
          value={query['hours'] ?? 'calendar'}
          choices={[
            { value: 'calendar', label: t('inquiries.time.calendar') },
            { value: 'business', label: t('inquiries.time.business') },
          ]}
          choose={(hours) => set({ hours: hours === 'calendar' ? '' : hours })}
        />
        {others.length > 0 && (
          <Choice
            label={t('inquiries.compare')}
            value={query['with'] ?? ''}
            choices={[
              { value: '', label: t('inquiries.compare.none') },
              ...others.map((one) => ({ value: one.id, label: nameOf(one) })),
            ]}
            choose={(other) => set({ with: other })}
          />
        )}
        <MethodEditor
          method={method}
          name={nameOf(method)}
          saved={(id) => {
            methods.ask()
            set({ method: id, with: '' })
          }}
        />
      </div>
      <Analysis
        method={method}
        other={others.find(({ id }) => id === query['with']) ?? null}
        nameOf={nameOf}
        period={{ from: query['from'] ?? '', to: query['to'] ?? '' }}
        hours={query['hours'] === 'business' ? 'business' : null}
        by={dimensions.find((one) => one === query['by']) ?? null}
      />
    </div>
  )
}

function Analysis(props: {
  method: Method
  other: Method | null
  nameOf: (method: Method) => string
  period: { from: string; to: string }
  by: Dimension | null
  hours: 'business' | null
}) {
  const { method, other, nameOf, period, by, hours } = props
  const { t } = useWords()
  const path = `/aggregation-methods/${encodeURIComponent(method.id)}`
  const { data, error, ask } = useGet<Metrics>(`${path}/metrics`, { ...period, by, hours })
  if (data === undefined) {
    return error === null ? (
      <div class="inquiries-bone bones" aria-hidden="true" />
    ) : (
      <Failed error={error} retry={ask} level={2} />
    )
  }
  if (data.cases === 0) {
    return (
      <Empty icon="mail" level={2} title={t('inquiries.empty.title')}>
        <p class="subtle">{t('inquiries.empty.text')}</p>
      </Empty>
    )
  }
  return (
    <>
      <Section name="figures" title={nameOf(method)}>
        <FigureCards figures={data} previous={data.previous} />
        {data.groups.length > 0 && by !== null && (
          <GroupTable groups={data.groups} title={t(`inquiries.by.${by}`)} />
        )}
      </Section>
      {other !== null && <Moved method={method} other={other} nameOf={nameOf} period={period} />}
      <Section name="gaps" title={t('inquiries.sensitivity')}>
        <Sensitivity path={path} period={period} own={method.gapHours} />
      </Section>
      <Section name="cases" title={t('inquiries.list')}>
        <CaseList key={`${path} ${period.from} ${period.to}`} path={path} period={period} />
      </Section>
    </>
  )
}

import { Failed } from '../ui/Failed.tsx'
import { Section } from '../ui/Section.tsx'
import { useWords } from '../words.ts'
import { FigureCards } from './Figures.tsx'
import type { Figures, Method } from './shapes.ts'
import { useGet } from '../use-get.ts'
import { TicketButtons } from './TicketButtons.tsx'

interface Comparison {
  b: Figures
  moved: { ticket: string }[]
  totalMoved: number
}

/** Another way of grouping beside the chosen one, and the tickets that would go to another case. */
export function Moved(props: {
  method: Method
  other: Method
  nameOf: (method: Method) => string
  period: { from: string; to: string }
}) {
  const { method, other, nameOf, period } = props
  const { t } = useWords()
  const { data, error, ask } = useGet<Comparison>('/aggregation-methods/compare', {
    a: method.id,
    b: other.id,
    ...period,
  })
  return (
    <Section name="compared" title={nameOf(other)}>
      {data === undefined && error !== null && <Failed error={error} retry={ask} level={2} />}
      {data !== undefined && (
        <>
          <FigureCards figures={data.b} />
          <p>{t('inquiries.moved', { count: data.totalMoved })}</p>
          <p class="case-tickets">
            <TicketButtons tickets={data.moved.slice(0, 20).map(({ ticket }) => ticket)} />
          </p>
        </>
      )}
    </Section>
  )
}

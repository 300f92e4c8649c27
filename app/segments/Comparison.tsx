import { useNames } from '../rules/lookup.ts'
import { Failed } from '../ui/Failed.tsx'
import { Section } from '../ui/Section.tsx'
import { TableFrame } from '../ui/TableFrame.tsx'
import { useGet } from '../use-get.ts'
import { useWords } from '../words.ts'
import type { Instances } from './shapes.ts'

/** Values of a property that are compared at once. */
const most = 30

/** Customers by an order property: each value's own totals, the line that reconciles them with All, and who is in two. */
export function Comparison(props: { property: string; choose: ((by: string) => void) | null }) {
  const { t, maybe } = useWords()
  const names = useNames()
  const { property, choose } = props
  const choices = [...new Set(['channel', ...names.order, ...names.line, property])]
  return (
    <Section
      name="comparison"
      title={t('segmentation.instances')}
      note={
        choose !== null && (
          <select
            class="select"
            aria-label={t('segmentation.by')}
            value={property}
            onChange={(event) => choose(event.currentTarget.value)}
          >
            {choices.map((name) => (
              <option key={name} value={name}>
                {maybe(`property.${name}`) ?? name}
              </option>
            ))}
          </select>
        )
      }
    >
      <Values property={property} />
    </Section>
  )
}

function Values({ property }: { property: string }) {
  const { t, number, money, percent } = useWords()
  const { data, error, ask } = useGet<Instances>('/instances', { property })
  if (data === undefined) {
    return error === null ? (
      <div class="chart-bone bones" aria-hidden="true" />
    ) : (
      <Failed error={error} retry={ask} level={2} />
    )
  }
  if (data.items.length === 0) return <p class="subtle">{t('segmentation.instances.none')}</p>
  const { currency } = data
  const amount = (value: number | null) => (value === null ? '–' : money(value, currency))
  const top = Math.max(1, ...data.items.map(({ customers }) => customers))
  return (
    <>
      <TableFrame label={t('segmentation.by')}>
        <table class="segment-table">
          <thead>
            <tr>
              <th scope="col">{t('rule.value')}</th>
              {(['customers', 'orders', 'value', 'average', 'repurchase', 'lifetime'] as const).map(
                (name) => (
                  <th key={name} scope="col" class="number">
                    {t(`segmentation.${name}`)}
                  </th>
                ),
              )}
            </tr>
          </thead>
          <tbody>
            {data.items.slice(0, most).map((one) => (
              <tr key={String(one.value)}>
                <th scope="row">
                  <bdi class="cut">
                    {one.value === '(none)' ? t('customers.noValue') : String(one.value)}
                  </bdi>
                  <span
                    class="bar"
                    style={{ width: `${(one.customers / top) * 100}%` }}
                    aria-hidden="true"
                  />
                </th>
                <td class="number">{number(one.customers)}</td>
                <td class="number">{number(one.orders)}</td>
                <td class="number">{amount(one.totalOrderValue)}</td>
                <td class="number">{amount(one.averageSpend)}</td>
                <td class="number">
                  {one.repurchaseRate === null ? '–' : percent(one.repurchaseRate)}
                </td>
                <td class="number">{amount(one.lifetimeValue)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t('totals.all')}</th>
              <td class="number">{number(data.all.customers)}</td>
              <td class="number">{number(data.all.orders)}</td>
              <td class="number">{amount(data.all.totalOrderValue)}</td>
              <td colSpan={3}>
                <span class="hidden-text">–</span>
              </td>
            </tr>
          </tfoot>
        </table>
      </TableFrame>
      {data.items.length > most && (
        <p class="small subtle">{t('segmentation.instances.most', { count: most })}</p>
      )}
      <p class="small subtle">{t('segmentation.instances.overlap', { count: data.overlap })}</p>
      <Overlaps property={property} />
    </>
  )
}

interface Overlap {
  a: string | number | boolean
  b: string | number | boolean
  customers: number
}

function Overlaps({ property }: { property: string }) {
  const { t, number } = useWords()
  const { data } = useGet<{ items: Overlap[] }>('/instances/overlaps', { property })
  const pairs = (data?.items ?? []).toSorted((x, y) => y.customers - x.customers).slice(0, 20)
  if (pairs.length === 0) return null
  return (
    <details>
      <summary>{t('segmentation.overlaps')}</summary>
      <table class="segment-table">
        <thead>
          <tr>
            <th scope="col">{t('segmentation.first')}</th>
            <th scope="col">{t('segmentation.second')}</th>
            <th scope="col" class="number">
              {t('segmentation.both')}
            </th>
          </tr>
        </thead>
        <tbody>
          {pairs.map(({ a, b, customers }) => (
            <tr key={`${String(a)} ${String(b)}`}>
              <th scope="row">
                <bdi>{String(a)}</bdi>
              </th>
              <td>
                <bdi>{String(b)}</bdi>
              </td>
              <td class="number">{number(customers)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}

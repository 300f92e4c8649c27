import { TableFrame } from '../ui/TableFrame.tsx'
import { useWords, type Words } from '../words.ts'
import type { Figures } from './shapes.ts'

/** A duration in hours, or a dash. */
export function hoursText({ t, number }: Words, hours: number | null): string {
  return hours === null ? '–' : t('inquiries.hours', { hours: number(Math.round(hours * 10) / 10) })
}

function rateText({ percent }: Words, rate: number | null): string {
  return rate === null ? '–' : percent(rate)
}

/** The figures of all cases, with those of as many days before where there were any. */
export function FigureCards(props: { figures: Figures; previous?: Figures }) {
  const words = useWords()
  const { t, number } = words
  const { figures, previous } = props
  const before = (value: (of: Figures) => string) =>
    previous !== undefined && previous.cases > 0 ? (
      <span class="small subtle">{t('inquiries.before', { value: value(previous) })}</span>
    ) : null
  return (
    <dl class="case-figures">
      <div>
        <dt>{t('inquiries.cases')}</dt>
        <dd class="number">
          {number(figures.cases)}
          {before(({ cases }) => number(cases))}
        </dd>
      </div>
      <div>
        <dt>{t('inquiries.perCase')}</dt>
        <dd class="number">
          {number(Math.round((figures.ticketsPerCase ?? 0) * 100) / 100)}
          <span class="small subtle">
            {t('inquiries.tickets')}: {number(figures.tickets)}
          </span>
        </dd>
      </div>
      <div>
        <dt>{t('inquiries.rate')}</dt>
        <dd class="number">
          {rateText(words, figures.resolutionRate)}
          <span class="small subtle">{t('inquiries.open', { count: figures.open })}</span>
          {before(({ resolutionRate }) => rateText(words, resolutionRate))}
        </dd>
      </div>
      <div>
        <dt>{t('inquiries.firstReply')}</dt>
        <dd class="number">{hoursText(words, figures.firstReply.median)}</dd>
      </div>
      <div>
        <dt>{t('inquiries.median')}</dt>
        <dd class="number">
          {hoursText(words, figures.medianHours)}
          <span class="small subtle">
            {t('inquiries.p90', { time: hoursText(words, figures.p90Hours) })}
          </span>
          {before(({ medianHours }) => hoursText(words, medianHours))}
        </dd>
      </div>
      <div>
        <dt>{t('inquiries.reopened')}</dt>
        <dd class="number">{number(figures.reopened)}</dd>
      </div>
      <div>
        <dt>{t('inquiries.repeat')}</dt>
        <dd class="number">
          {t('desk.of', {
            done: number(figures.repeatCustomers),
            total: number(figures.customers),
          })}
        </dd>
      </div>
    </dl>
  )
}

/** The figures of groups of cases, a bar beside each count. */
export function GroupTable(props: { title: string; groups: (Figures & { key: string })[] }) {
  const words = useWords()
  const { t, number } = words
  const most = Math.max(...props.groups.map(({ cases }) => cases))
  return (
    <TableFrame label={props.title}>
      <table class="case-groups">
        <thead>
          <tr>
            <th scope="col">{props.title}</th>
            <th scope="col" class="number">
              {t('inquiries.cases')}
            </th>
            <th scope="col" class="number">
              {t('inquiries.rate')}
            </th>
            <th scope="col" class="number">
              {t('inquiries.median')}
            </th>
          </tr>
        </thead>
        <tbody>
          {props.groups.slice(0, 50).map((group) => (
            <tr key={group.key}>
              <th scope="row">
                <bdi>{group.key}</bdi>
                <span class="bar" style={{ inlineSize: `${(group.cases / most) * 100}%` }} />
              </th>
              <td class="number">{number(group.cases)}</td>
              <td class="number">{rateText(words, group.resolutionRate)}</td>
              <td class="number">{hoursText(words, group.medianHours)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  )
}

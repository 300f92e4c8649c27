import type { Card } from '../../worker/customers/card.ts'
import { Section } from '../ui/Section.tsx'
import { Segmented } from '../ui/Segmented.tsx'
import { useWords } from '../words.ts'

/** What the person bought, over all channels or in one of them. */
export function Totals(props: {
  card: Card
  channel: Card['channels'][number] | null
  choose: (channel: string | null) => void
}) {
  const { t } = useWords()
  const { card, channel, choose } = props
  return (
    <Section name="value" title={t('totals.title')} hidesTitle>
      {card.channels.length > 1 && (
        <Segmented
          label={t('totals.channel')}
          value={channel?.channel ?? ''}
          choices={[
            { value: '', label: t('totals.all') },
            ...card.channels.map((one) => ({ value: one.channel, label: one.channel })),
          ]}
          onChange={(value) => choose(value === '' ? null : value)}
        />
      )}
      <Figures card={card} totals={channel ?? card} />
    </Section>
  )
}

function Figures({ card, totals }: { card: Card; totals: Card | Card['channels'][number] }) {
  const { t, money, number, day, fromDay } = useWords()
  const { latestPurchase, averageSpend, withoutRate } = totals
  const { today } = card.freshness
  return (
    <>
      <dl class="totals">
        <div class="total-main">
          <dt>{t('totals.value')}</dt>
          <dd class="number">{money(totals.totalOrderValue, card.currency)}</dd>
        </div>
        <div>
          <dt>{t('totals.orders')}</dt>
          <dd class="number">{number(totals.orders)}</dd>
        </div>
        <div>
          <dt>{t('totals.average')}</dt>
          <dd class="number">
            {averageSpend === null ? <None /> : money(averageSpend, card.currency)}
          </dd>
        </div>
        <div>
          <dt>{t('totals.latest')}</dt>
          <dd>
            {latestPurchase === null ? (
              <None />
            ) : (
              <time dateTime={latestPurchase} title={day(latestPurchase)}>
                {fromDay(latestPurchase, today)}
              </time>
            )}
          </dd>
        </div>
      </dl>
      {withoutRate > 0 && (
        <p class="small subtle">{t('totals.withoutRate', { count: withoutRate })}</p>
      )}
    </>
  )
}

function None() {
  const { t } = useWords()
  return (
    <>
      <span aria-hidden="true">–</span>
      <span class="hidden-text">{t('none')}</span>
    </>
  )
}

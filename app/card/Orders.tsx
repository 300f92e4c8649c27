import type { Card, CardOrder } from '../../worker/customers/card.ts'
import { CopyButton } from '../ui/CopyButton.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Section } from '../ui/Section.tsx'
import { Tag } from '../ui/Tag.tsx'
import { useWords } from '../words.ts'
import { useFew } from './use-few.tsx'
import { badgesOf, paymentOf, shownId, webAddress } from './order.ts'

/** The latest orders with what was paid, sent and given back; of one channel where one is chosen. */
export function Orders({ card, channel }: { card: Card; channel: string | null }) {
  const { t, number } = useWords()
  const orders = card.latestOrders.filter((order) => channel === null || order.channel === channel)
  const totals = card.channels.find((one) => one.channel === channel) ?? card
  const { shown, more } = useFew(orders)
  return (
    <Section
      name="orders"
      title={t('orders.title')}
      note={
        <span class="small subtle number">
          {t('orders.counts', { count: totals.orders, shown: number(totals.orders) })}
        </span>
      }
    >
      {orders.length === 0 ? (
        <p class="subtle">{t(channel === null ? 'orders.none' : 'orders.noneRecent')}</p>
      ) : (
        <ul class="rows">
          {shown.map((order) => (
            <Order
              key={order.id}
              order={order}
              showsChannel={channel === null && card.channels.length > 1}
            />
          ))}
          {more}
        </ul>
      )}
    </Section>
  )
}

function Order({ order, showsChannel }: { order: CardOrder; showsChannel: boolean }) {
  const { money, date, t, maybe } = useWords()
  const { placedAt, currency, total, refunded, counted } = order
  return (
    <li>
      <details class="order">
        <summary class="row">
          <Icon name="chevron" tiny turns />
          <span class="row-main">
            <span class="order-line">
              <bdi class="cut order-id">{shownId(order.id)}</bdi>
              {badgesOf(order).map(({ key, tone, text }) => (
                <Tag key={key} tone={tone} square>
                  {maybe(key) ?? text}
                </Tag>
              ))}
            </span>
            <span class="small subtle cut">
              <time dateTime={placedAt}>{date(placedAt)}</time>
              {showsChannel && (
                <>
                  {' · '}
                  <bdi>{order.channel}</bdi>
                </>
              )}
            </span>
          </span>
          <span class={`amount number${counted ? '' : ' uncounted'}`}>
            {money(total, currency)}
            {refunded > 0 && (
              <span class="small subtle">
                <span class="hidden-text">{t('order.refunded')} </span>
                {money(-refunded, currency)}
              </span>
            )}
          </span>
        </summary>
        <OrderDetail order={order} />
      </details>
    </li>
  )
}

function OrderDetail({ order }: { order: CardOrder }) {
  const { t, maybe, money, number } = useWords()
  const address = webAddress(order.url)
  const payment = paymentOf(order)
  return (
    <div class="order-detail small">
      <ul>
        {order.lines.map(({ title, quantity }, index) => (
          <li key={index} class="line">
            <span class="number subtle">{number(quantity)} ×</span> <bdi>{title}</bdi>
          </li>
        ))}
      </ul>
      <dl class="facts">
        <dt>{t('order.payment')}</dt>
        <dd>{maybe(payment.key) ?? payment.text}</dd>
        {order.fulfilment !== null && (
          <>
            <dt>{t('order.fulfilment')}</dt>
            <dd>{maybe(`fulfilment.${order.fulfilment}`) ?? order.fulfilment}</dd>
          </>
        )}
        {order.refunded > 0 && (
          <>
            <dt>{t('order.refunded')}</dt>
            <dd class="number">{money(order.refunded, order.currency)}</dd>
          </>
        )}
      </dl>
      {!order.counted && <p class="subtle">{t('order.uncounted')}</p>}
      <p class="order-actions">
        <span class="order-copy">
          <bdi>{shownId(order.id)}</bdi>
          <CopyButton text={shownId(order.id)} />
        </span>
        {address !== null && (
          <a href={address} target="_blank" rel="noopener noreferrer">
            {t('order.open')} <Icon name="out" tiny turns />
          </a>
        )}
      </p>
    </div>
  )
}

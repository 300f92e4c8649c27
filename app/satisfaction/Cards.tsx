import type { ComponentChildren } from 'preact'
import type { Item } from '../../worker/satisfaction/view.ts'
import type { DefinitionId } from '../../worker/definitions/catalog.ts'
import { Defined } from '../ui/Defined.tsx'
import { useWords } from '../words.ts'
import { ChangeText } from './ChangeText.tsx'
import type { StakeAnswer } from './shapes.ts'

/** The figures of the period looked at. */
export function Cards({ item, stake }: { item: Item; stake: StakeAnswer | undefined }) {
  const { t, number, percent, money } = useWords()
  const { rate, low, high, ratings, offered, answered, responseRate } = item
  return (
    <ul class="cards">
      <CardOf id="satisfaction.rate" label={t('satisfaction.rate')}>
        <p class="figure">{rate === null ? '–' : percent(rate)}</p>
        <p class="small">
          <ChangeText change={item.change} />
        </p>
        {rate !== null && (
          <p class="small subtle">
            <Defined
              id="satisfaction.interval"
              label={t('satisfaction.interval', { low: percent(low), high: percent(high) })}
            />
          </p>
        )}
      </CardOf>
      <CardOf id="satisfaction.ratings" label={t('satisfaction.ratings')}>
        <p class="figure">{number(ratings)}</p>
        <p class="small subtle">
          {t('satisfaction.before', { value: number(item.previous.ratings) })}
        </p>
        {item.scales.length > 1 && <p class="small subtle">{t('satisfaction.scales')}</p>}
      </CardOf>
      <CardOf id="satisfaction.responseRate" label={t('satisfaction.responseRate')}>
        <p class="figure">{responseRate === null ? '–' : percent(responseRate)}</p>
        <p class="small subtle">
          {offered === null || answered === null
            ? t('satisfaction.noOffers')
            : t('satisfaction.answered', { answered: number(answered), offered: number(offered) })}
        </p>
      </CardOf>
      <CardOf id="satisfaction.valueAtStake" label={t('satisfaction.stake')}>
        <p class="figure">
          {stake === undefined ? '–' : money(stake.totalOrderValue, stake.currency)}
        </p>
        <p class="small subtle">
          {stake !== undefined && t('satisfaction.stakeOf', { count: stake.total })}
        </p>
      </CardOf>
      <li class="card">
        <h2 class="small subtle">{t('satisfaction.peers')}</h2>
        <p class="figure subtle">–</p>
        <p class="small subtle">{t('satisfaction.noPeers')}</p>
      </li>
    </ul>
  )
}

function CardOf(props: { id: DefinitionId; label: string; children: ComponentChildren }) {
  return (
    <li class="card">
      <h2 class="small subtle">
        <Defined id={props.id} label={props.label} />
      </h2>
      {props.children}
    </li>
  )
}

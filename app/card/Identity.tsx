import type { Card } from '../../worker/customers/card.ts'
import { CopyButton } from '../ui/CopyButton.tsx'
import { Icon, type IconName } from '../ui/Icon.tsx'
import { useWords } from '../words.ts'
import { initialsOf } from './initials.ts'

/** Who it is, how to reach them, and since when they buy. */
export function Identity({ card, name }: { card: Card; name: string | null }) {
  const { t, month, day } = useWords()
  const shown = name ?? card.email ?? card.phone ?? t('unnamed')
  return (
    <header class="who">
      <span class={`avatar hue-${card.id % 6}`} aria-hidden="true">
        {initialsOf(shown)}
      </span>
      <div class="who-name">
        <h1>
          <bdi>{shown}</bdi>
        </h1>
        <p class="subtle small" title={card.customerSince === null ? '' : day(card.customerSince)}>
          {card.customerSince === null
            ? t('identity.noOrders')
            : t('identity.since', { month: month(card.customerSince) })}
        </p>
      </div>
      <ul class="contact">
        <Contact icon="mail" label={t('key.email')} value={card.email} />
        <Contact icon="phone" label={t('key.phone')} value={card.phone} />
      </ul>
    </header>
  )
}

function Contact(props: { icon: IconName; label: string; value: string | null }) {
  if (props.value === null) return null
  return (
    <li class="small">
      <Icon name={props.icon} tiny />
      <span class="hidden-text">{props.label}</span>
      <bdi class="cut" title={props.value}>
        {props.value}
      </bdi>
      <CopyButton text={props.value} />
    </li>
  )
}

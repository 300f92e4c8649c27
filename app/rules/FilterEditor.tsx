import { useId } from 'preact/hooks'
import type { filters } from '../../worker/segments/catalog.ts'
import type { Filter } from '../../worker/segments/rule.ts'
import { Icon } from '../ui/Icon.tsx'
import { useWords } from '../words.ts'
import { operatorWords } from './operators.ts'
import {
  filterNames,
  filterOperators,
  type Names,
  valuesOfProperty,
  withOperator,
} from './facts.ts'
import { ValueInput } from './ValueInput.tsx'

type Noun = keyof typeof filters

/** Which of a customer's events a condition looks at. */
export function FilterEditor(props: {
  noun: Noun
  names: Names
  where: readonly Filter[]
  currency: string
  change: (next: Filter[]) => void
}) {
  const { t } = useWords()
  const { noun, names, where, currency, change } = props
  const [first = 'channel'] = filterNames(noun, names)
  const set = (at: number, next: Filter | null) =>
    change(where.flatMap((one, k) => (k === at ? (next ?? []) : one)))
  return (
    <div class="filters">
      {where.map((filter, at) => (
        <Row
          key={at}
          filter={filter}
          noun={noun}
          names={names}
          currency={currency}
          change={(next) => set(at, next)}
        />
      ))}
      <button
        type="button"
        class="text-button small"
        onClick={() => change([...where, { property: first, op: '=' }])}
      >
        {t('rule.only')}
      </button>
    </div>
  )
}

function Row(props: {
  filter: Filter
  noun: Noun
  names: Names
  currency: string
  change: (next: Filter | null) => void
}) {
  const { t, maybe } = useWords()
  const { filter, noun, names, currency, change } = props
  const list = useId()
  const choices = filterNames(noun, names)
  const open = noun === 'order' || noun === 'ticket'
  return (
    <div class="filter">
      {open ? (
        <>
          <input
            class="input"
            aria-label={t('rule.property')}
            list={list}
            maxLength={100}
            value={filter.property}
            onInput={(event) => change({ ...filter, property: event.currentTarget.value })}
          />
          <datalist id={list}>
            {choices.map((name) => (
              <option key={name} value={name}>
                {maybe(`property.${name}`) ?? name}
              </option>
            ))}
          </datalist>
        </>
      ) : (
        <select
          class="select"
          aria-label={t('rule.property')}
          value={filter.property}
          onChange={(event) => change({ ...filter, property: event.currentTarget.value })}
        >
          {choices.map((name) => (
            <option key={name} value={name}>
              {maybe(`property.${name}`) ?? name}
            </option>
          ))}
        </select>
      )}
      <select
        class="select"
        aria-label={t('rule.op')}
        value={filter.op}
        onChange={(event) => {
          const op = filterOperators.find((one) => one === event.currentTarget.value) ?? '='
          change(withOperator(filter, op))
        }}
      >
        {filterOperators.map((op) => (
          <option key={op} value={op}>
            {t(operatorWords[op])}
          </option>
        ))}
      </select>
      <ValueInput
        key={`${filter.property} ${filter.op}`}
        condition={filter}
        kind={filter.property === 'total' ? 'money' : 'open'}
        field={valuesOfProperty(noun, filter.property)}
        currency={currency}
        change={(value) => change({ ...filter, value })}
      />
      <button
        type="button"
        class="icon-button"
        aria-label={t('rule.remove')}
        onClick={() => change(null)}
      >
        <Icon name="cross" tiny />
      </button>
    </div>
  )
}

import { useId, useState } from 'preact/hooks'
import type { FieldOf } from '../../worker/fields/catalog.ts'
import type { FactKind } from '../../worker/segments/catalog.ts'
import type { Operand, Scalar } from '../../worker/segments/rule.ts'
import { PERSON_LABELS } from '../../worker/sentiment/catalog.ts'
import { minorDigits, useWords } from '../words.ts'
import { useValues } from './lookup.ts'
import { joined, partsOf, scalarOf } from './values.ts'
import { WindowInput } from './WindowInput.tsx'

interface Compared {
  fact?: string
  op: string
  value?: Operand
}

/** The right side of a comparison, in the shape that its operator asks for. */
export function ValueInput(props: {
  condition: Compared
  kind: FactKind
  field: { of: FieldOf; name: string } | null
  segments?: readonly { key: string; name: string }[]
  currency: string
  change: (value: Operand) => void
}) {
  const { t, maybe } = useWords()
  const { condition, kind, field, segments = [], currency, change } = props
  const { op, value } = condition
  if (op === 'exists') {
    return (
      <Choice
        value={value === false ? 'no' : 'yes'}
        choices={[
          { value: 'yes', label: t('yes') },
          { value: 'no', label: t('no') },
        ]}
        choose={(one) => change(one === 'yes')}
      />
    )
  }
  if (op === 'within') {
    const within = typeof value === 'object' && !Array.isArray(value) ? value : { days: 30 }
    // A list is no window; what is none falls back to thirty days.
    const window = 'days' in within || 'months' in within ? within : { days: 30 }
    return <WindowInput within={window} always change={(next) => next && change(next)} />
  }
  const many = op === 'in' || op === 'not_in'
  if (kind === 'segment' && !many) {
    const choices = segments.map(({ key, name }) => ({
      value: key,
      label: maybe(`segment.${key}`) ?? name,
    }))
    return <Choice value={String(value ?? '')} choices={choices} choose={change} />
  }
  if (condition.fact === 'sentiment.label' && !many) {
    const choices = PERSON_LABELS.map((one) => ({ value: one, label: t(`mood.${one}`) }))
    return <Choice value={String(value ?? '')} choices={choices} choose={change} />
  }
  const list: readonly Scalar[] = Array.isArray(value) ? value : []
  if (op === 'between') {
    return (
      <>
        {['rule.low', 'rule.high'].map((label, k) => (
          <One
            key={label}
            label={t(k === 0 ? 'rule.low' : 'rule.high')}
            kind={kind}
            field={field}
            currency={currency}
            value={list[k]}
            change={(one) => change(k === 0 ? [one, list[1] ?? ''] : [list[0] ?? '', one])}
          />
        ))}
      </>
    )
  }
  if (many)
    return <Many kind={kind} field={field} currency={currency} value={list} change={change} />
  const dated = op === 'before' || op === 'after'
  const single = typeof value === 'object' ? undefined : value
  return (
    <One
      label={t('rule.value')}
      kind={dated ? 'day' : kind}
      field={field}
      currency={currency}
      value={single}
      change={change}
    />
  )
}

interface OneProps {
  label: string
  kind: FactKind
  field: { of: FieldOf; name: string } | null
  currency: string
  value: Scalar | undefined
  change: (value: Scalar) => void
}

/** One value. Open values are taken as numbers where the shop's own are. */
function One({ label, kind, field, currency, value, change }: OneProps) {
  if (kind === 'number' || kind === 'days' || kind === 'money') {
    const digits = kind === 'money' ? minorDigits(currency) : 0
    const shown = typeof value === 'number' && !Number.isNaN(value) ? value / 10 ** digits : ''
    return (
      <input
        type="number"
        class="input short"
        aria-label={label}
        step={kind === 'money' ? 10 ** -digits : 'any'}
        value={shown}
        onInput={(event) => {
          const number = event.currentTarget.valueAsNumber
          change(kind === 'money' ? Math.round(number * 10 ** digits) : number)
        }}
      />
    )
  }
  if (kind === 'day') {
    return (
      <input
        type="date"
        class="input"
        aria-label={label}
        value={String(value ?? '')}
        onInput={(event) => change(event.currentTarget.value)}
      />
    )
  }
  return (
    <Lookup
      label={label}
      field={field}
      value={value === undefined ? '' : String(value)}
      change={(text, known) => change(kind === 'open' ? scalarOf(text, known) : text)}
    />
  )
}

/** A text, with the shop's own values to choose from. */
function Lookup(props: {
  label: string
  field: { of: FieldOf; name: string } | null
  value: string
  change: (text: string, known: readonly Scalar[]) => void
}) {
  const list = useId()
  const values = useValues(props.field, props.value)
  return (
    <>
      <input
        class="input"
        aria-label={props.label}
        list={list}
        maxLength={200}
        value={props.value}
        onInput={(event) => props.change(event.currentTarget.value, values)}
        onBlur={(event) => props.change(event.currentTarget.value, values)}
      />
      <datalist id={list}>
        {values.map((value) => (
          <option key={String(value)}>{String(value)}</option>
        ))}
      </datalist>
    </>
  )
}

/** Several values in one line; they are taken while it is written. */
function Many(
  props: Omit<OneProps, 'label' | 'value' | 'change'> & {
    value: readonly Scalar[]
    change: (value: Scalar[]) => void
  },
) {
  const { t } = useWords()
  const { kind, field, currency, value, change } = props
  const digits = kind === 'money' ? minorDigits(currency) : 0
  const [text, setText] = useState(
    joined(value.map((one) => (typeof one === 'number' ? one / 10 ** digits : one))),
  )
  const list = useId()
  const { parts, isOpen } = partsOf(text)
  const values = useValues(field, isOpen ? (parts.at(-1) ?? '') : '')
  const before = isOpen ? parts.slice(0, -1) : parts
  return (
    <>
      <input
        class="input"
        aria-label={t('rule.values')}
        placeholder={t('rule.values')}
        list={list}
        value={text}
        onInput={(event) => {
          const next = event.currentTarget.value
          setText(next)
          change(
            partsOf(next).parts.map((one) =>
              kind === 'money'
                ? Math.round(Number(one) * 10 ** digits)
                : kind === 'text' || kind === 'tag' || kind === 'segment' || kind === 'day'
                  ? one
                  : scalarOf(one, values),
            ),
          )
        }}
      />
      <datalist id={list}>
        {values.map((one) => (
          <option key={one}>{joined([...before, one])}</option>
        ))}
      </datalist>
    </>
  )
}

function Choice(props: {
  value: string
  choices: readonly { value: string; label: string }[]
  choose: (value: string) => void
}) {
  const { t } = useWords()
  return (
    <select
      class="select"
      aria-label={t('rule.value')}
      value={props.value}
      onChange={(event) => props.choose(event.currentTarget.value)}
    >
      {props.choices.every(({ value }) => value !== props.value) && <option value="">–</option>}
      {props.choices.map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  )
}

import { rankUnits } from '../../worker/segments/catalog.ts'
import type { Comparison, Condition } from '../../worker/segments/rule.ts'
import { isRank } from './draft.ts'
import { useWords } from '../words.ts'
import {
  conditionOn,
  factChoices,
  factGroups,
  factOf,
  type Names,
  operatorsFor,
  valuesOfFact,
  withOperator,
} from './facts.ts'
import { FilterEditor } from './FilterEditor.tsx'
import { operatorWords } from './operators.ts'
import { sayFact } from './say.ts'
import { ValueInput } from './ValueInput.tsx'
import { WindowInput } from './WindowInput.tsx'

const RANK = 'rank'

/** Everything about one condition: the fact, which events, over what time, and the comparison. */
export function ConditionEditor(props: {
  condition: Condition
  names: Names
  segments: readonly { key: string; name: string }[]
  currency: string
  change: (next: Condition) => void
}) {
  const words = useWords()
  const { t } = words
  const { condition, names, segments, currency, change } = props
  const { events, ranked } = factOf(condition.fact)
  const known = Object.values(factChoices(names)).flat()
  const compare = (op: string) => {
    const { fact, where, within } = condition
    const rest = { fact, ...(where && { where }), ...(within && { within }) }
    if (op === RANK) change({ ...rest, rank: { top: 10, unit: '%' } })
    else {
      const wanted = operatorsFor(fact).find((one) => one === op) ?? '='
      change(withOperator<Comparison>({ ...rest, op: wanted }, wanted))
    }
  }
  return (
    <div class="condition">
      <select
        class="select fact"
        aria-label={t('rule.fact')}
        value={condition.fact}
        onChange={(event) => change(conditionOn(event.currentTarget.value, condition))}
      >
        {!known.some(({ fact }) => fact === condition.fact) && (
          <option value={condition.fact}>{sayFact(words, condition.fact)}</option>
        )}
        {factGroups.map((group) => (
          <optgroup key={group} label={t(`rule.group.${group}`)}>
            {factChoices(names)[group].map(({ fact }) => (
              <option key={fact} value={fact}>
                {sayFact(words, fact)}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
      <select
        class="select"
        aria-label={t('rule.op')}
        value={isRank(condition) ? RANK : condition.op}
        onChange={(event) => compare(event.currentTarget.value)}
      >
        {operatorsFor(condition.fact).map((op) => (
          <option key={op} value={op}>
            {t(operatorWords[op])}
          </option>
        ))}
        {ranked && <option value={RANK}>{t('rule.op.rank')}</option>}
      </select>
      {isRank(condition) ? (
        <RankInput condition={condition} change={change} />
      ) : (
        <ValueInput
          // Another fact or comparison has other values.
          key={`${condition.fact} ${condition.op}`}
          condition={condition}
          kind={factOf(condition.fact).kind}
          field={valuesOfFact(condition.fact)}
          segments={segments}
          currency={currency}
          change={(value) => change({ ...condition, value })}
        />
      )}
      {events !== null && (
        <>
          <WindowInput
            within={condition.within}
            change={(within) => {
              const { within: _, ...rest } = condition
              change(within === undefined ? rest : { ...rest, within })
            }}
          />
          <FilterEditor
            noun={events}
            names={names}
            where={condition.where ?? []}
            currency={currency}
            change={(where) => {
              const { where: _, ...rest } = condition
              change(where.length === 0 ? rest : { ...rest, where })
            }}
          />
        </>
      )}
    </div>
  )
}

function RankInput(props: {
  condition: Extract<Condition, { rank: unknown }>
  change: (next: Condition) => void
}) {
  const { t } = useWords()
  const { condition, change } = props
  const { top, unit } = condition.rank
  return (
    <>
      <input
        type="number"
        class="input short"
        aria-label={t('rule.value')}
        min={unit === '%' ? 0.1 : 1}
        max={unit === '%' ? 100 : undefined}
        step={unit === '%' ? 'any' : 1}
        value={Number.isNaN(top) ? '' : top}
        onInput={(event) =>
          change({ ...condition, rank: { unit, top: event.currentTarget.valueAsNumber } })
        }
      />
      <select
        class="select"
        aria-label={t('rule.unit')}
        value={unit}
        onChange={(event) => {
          const next = rankUnits.find((one) => one === event.currentTarget.value) ?? '%'
          change({ ...condition, rank: { top, unit: next } })
        }}
      >
        <option value="%">{t('rule.percent')}</option>
        <option value="people">{t('rule.people')}</option>
      </select>
    </>
  )
}

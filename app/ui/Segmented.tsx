import { useId } from 'preact/hooks'
import './segmented.css'
import './select.css'

export interface Choice {
  value: string
  label: string
}

/** A choice of one of a few, as radio buttons: one Tab stop, arrow keys move. Many choices become a menu. */
export function Segmented(props: {
  label: string
  choices: readonly Choice[]
  value: string
  onChange: (value: string) => void
}) {
  const name = useId()
  if (props.choices.length > 4) {
    return (
      <select
        class="select"
        aria-label={props.label}
        value={props.value}
        onChange={(event) => props.onChange(event.currentTarget.value)}
      >
        {props.choices.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    )
  }
  return (
    <div class="segmented" role="radiogroup" aria-label={props.label}>
      {props.choices.map(({ value, label }) => (
        <label key={value} class="cut" title={label}>
          <input
            type="radio"
            class="hidden-text"
            name={name}
            value={value}
            checked={value === props.value}
            onChange={() => props.onChange(value)}
          />
          <bdi>{label}</bdi>
        </label>
      ))}
    </div>
  )
}

/** One of some choices. */
export function Choice(props: {
  label: string
  value: string
  choices: readonly { value: string; label: string }[]
  choose: (value: string) => void
}) {
  return (
    <label class="field">
      <span class="small subtle">{props.label}</span>
      <select value={props.value} onChange={(event) => props.choose(event.currentTarget.value)}>
        {props.choices.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </label>
  )
}

/** A calendar day, or none. */
export function DayField(props: { label: string; value: string; choose: (value: string) => void }) {
  return (
    <label class="field">
      <span class="small subtle">{props.label}</span>
      <input
        type="date"
        value={props.value}
        onChange={(event) => props.choose(event.currentTarget.value)}
      />
    </label>
  )
}

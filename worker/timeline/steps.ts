/** A step function of the day: `value[k]` holds from `day[k]` until the next step; NaN = no value. */
export interface Steps {
  day: Int32Array
  value: Float64Array
  size: number
}

export function stepBuffer(capacity = 16): Steps {
  return { day: new Int32Array(capacity), value: new Float64Array(capacity), size: 0 }
}

/** Sets the value from `day` on; days must not go back. The last value set on a day is the day's. */
export function pushStep(out: Steps, day: number, value: number): void {
  const last = out.size - 1
  if (last >= 0 && out.day[last] === day) {
    out.value[last] = value
    return
  }
  if (out.size === out.day.length) {
    const days = new Int32Array(out.size * 2)
    days.set(out.day)
    out.day = days
    const values = new Float64Array(out.size * 2)
    values.set(out.value)
    out.value = values
  }
  out.day[out.size] = day
  out.value[out.size] = value
  out.size += 1
}

/** Value on a day; NaN before the first step. */
export function stepAt(steps: Steps, day: number): number {
  let low = 0
  let high = steps.size
  while (low < high) {
    const middle = (low + high) >> 1
    if ((steps.day[middle] ?? 0) <= day) low = middle + 1
    else high = middle
  }
  return low === 0 ? Number.NaN : (steps.value[low - 1] ?? Number.NaN)
}

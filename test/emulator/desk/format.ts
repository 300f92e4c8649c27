/** How the desk writes instants and amounts. */

const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })
const dayAndYear = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
})
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'short' })

/** `2 days ago`, `5 hr. ago`; `now` and `at` in epoch milliseconds. */
export function ago(at: number, now: number): string {
  const minutes = Math.round((at - now) / 60_000)
  if (Math.abs(minutes) < 60) return relative.format(minutes, 'minute')
  const hours = Math.round(minutes / 60)
  if (Math.abs(hours) < 36) return relative.format(hours, 'hour')
  const days = Math.round(hours / 24)
  return Math.abs(days) <= 30 ? relative.format(days, 'day') : dayAndYear.format(at)
}

/** `14 Nov, 09:32`. */
export function moment(at: number): string {
  return `${day.format(at)}, ${time.format(at)}`
}

/** Minor units in one unit of the currency: 100 for GBP, 1 for JPY. */
export function minorUnits(currency: string): number {
  const { maximumFractionDigits = 2 } = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
  }).resolvedOptions()
  return 10 ** maximumFractionDigits
}

export function money(minor: number, currency: string): string {
  const value = minor / minorUnits(currency)
  return new Intl.NumberFormat('en-GB', { style: 'currency', currency }).format(value)
}

import { dayNumber } from '../words.ts'

export const presets = ['7', '30', '90', '365', 'month', 'lastMonth', 'own'] as const
export type Preset = (typeof presets)[number]

const textOf = (day: number) => new Date(day * 86_400_000).toISOString().slice(0, 10)

/** The days of a choice; today is the account's. Own days that make no sense are the last thirty. */
export function daysOf(
  query: Readonly<Record<string, string>>,
  today: string,
): { preset: Preset; from: string; to: string } {
  const preset = presets.find((one) => one === query['days']) ?? '30'
  const last = dayNumber(today)
  const month = today.slice(0, 8)
  const back = (days: number) => ({ from: textOf(last - days + 1), to: today })
  switch (preset) {
    case 'month':
      return { preset, from: `${month}01`, to: today }
    case 'lastMonth': {
      const end = textOf(dayNumber(`${month}01`) - 1)
      return { preset, from: `${end.slice(0, 8)}01`, to: end }
    }
    case 'own': {
      const [from = '', to = ''] = [query['from'], query['to']]
      const good = /^\d{4}-\d\d-\d\d$/
      const sound = good.test(from) && good.test(to) && from <= to && to <= today
      return { preset, ...(sound ? { from, to } : back(30)) }
    }
    default:
      return { preset, ...back(Number(preset)) }
  }
}

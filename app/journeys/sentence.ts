import type { Words } from '../words.ts'
import type { Figures, Movement } from './shapes.ts'

/** So many days in the reader's words. */
export function daysText(locale: string, days: number): string {
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: 'day',
    unitDisplay: 'long',
    maximumFractionDigits: 1,
  }).format(days)
}

/** Why the figures of an arrow are not complete; null where they are. */
export function incompleteText(
  { t, day }: Words,
  { incomplete }: Pick<Figures, 'incomplete'>,
  nameOf: (key: string) => string,
): string | null {
  if (incomplete === null) return null
  const segment = nameOf(incomplete.segment)
  return incomplete.exactFrom === null
    ? t('journeys.incomplete.never', { segment })
    : t('journeys.incomplete', { segment, day: day(incomplete.exactFrom) })
}

/** An arrow's period and the one before, in one sentence. */
export function sentenceOf(words: Words, item: Movement, nameOf: (key: string) => string): string {
  const { t, number, percent, day } = words
  const arrow = { source: nameOf(item.source), target: nameOf(item.target) }
  const { rate, low, high, previous } = item
  const days = { from: day(item.from), to: day(item.to) }
  const before =
    previous.rate === null
      ? t('journeys.sentence.noBefore', { source: arrow.source })
      : t('journeys.sentence.before', {
          moved: number(previous.moved),
          size: number(previous.sourceSize),
          rate: percent(previous.rate),
        })
  if (rate === null || low === null || high === null) {
    return t('journeys.sentence.none', { source: arrow.source, ...days, before })
  }
  const figures = { moved: number(item.moved), size: number(item.sourceSize) }
  const share = { rate: percent(rate), low: percent(low), high: percent(high) }
  return t('journeys.sentence', { ...arrow, ...days, ...figures, ...share, before })
}

/** What there is to say of an arrow besides: how long it took, its share of the newcomers, what is not known. */
export function notesOf(words: Words, item: Movement, nameOf: (key: string) => string): string[] {
  const { t, number, locale } = words
  const { moved, joinedTarget, sameDay, medianDays, n } = item
  return [
    joinedTarget > 0 &&
      t('journeys.note.newcomers', {
        joined: number(joinedTarget),
        moved: number(moved),
        target: nameOf(item.target),
      }),
    medianDays !== null &&
      t('journeys.note.median', { days: daysText(locale, medianDays), count: number(n) }),
    sameDay > 0 && t('journeys.note.sameDay', { count: sameDay }),
    incompleteText(words, item, nameOf),
  ].filter((note) => typeof note === 'string')
}

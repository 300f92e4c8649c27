import { useRef, useState } from 'preact/hooks'
import type { Unit } from '../../worker/satisfaction/catalog.ts'
import type { Item } from '../../worker/satisfaction/view.ts'
import { type Key, useWords, type Words } from '../words.ts'
import { periodName, points, shortName } from './figures.ts'

export const levels = [1, 2, 3, 4, 5] as const

/** Words of a level on the picture of five. */
export function levelKey(level: number): Key {
  return levelKeys[level - 1] ?? 'level.3'
}

const levelKeys: readonly Key[] = ['level.1', 'level.2', 'level.3', 'level.4', 'level.5']

/** Inside a bar a share of at least this is written out. */
const WRITTEN = 0.12

interface Place {
  bin: number
  level: number
}

/** Shares of one level in a period and the one before; null where there are no ratings. */
function sharesOf(item: Item, level: number) {
  const share = (counts: readonly number[], ratings: number) =>
    ratings === 0 ? null : (counts[level - 1] ?? 0) / ratings
  return {
    now: share(item.levels, item.ratings),
    before: share(item.previous.levels, item.previous.ratings),
  }
}

/** One bar in a sentence: what a screen reader hears and the tip shows. */
function sayBar(words: Words, unit: Unit, item: Item, level: number): string {
  const { t, number, percent } = words
  const { now, before } = sharesOf(item, level)
  return t('satisfaction.bar', {
    period: periodName(words, unit, item.period),
    level: t(levelKey(level)),
    count: number(item.levels[level - 1] ?? 0),
    share: percent(now ?? 0),
    before: before === null ? '–' : percent(before),
  })
}

/**
 * Ratings by level, a bar of 100 % for each period. The bars are one Tab stop: arrows move between periods and
 * levels, Home and End to the first and last period, Enter narrows the list of ratings, Escape lets go.
 */
export function Bars(props: {
  items: readonly Item[]
  unit: Unit
  chosen: Item
  level: string
  choose: (period: string, level: string) => void
}) {
  const { items, unit, chosen, level, choose } = props
  const words = useWords()
  const { t, percent } = words
  const chart = useRef<HTMLFieldSetElement>(null)
  const [seen, setSeen] = useState<Place | null>(null)
  const [stop, setStop] = useState<Place | null>(null)
  const rated = (bin: number) => levels.filter((one) => (items[bin]?.levels[one - 1] ?? 0) > 0)
  const bins = items.flatMap((item, bin) => (item.ratings > 0 ? [bin] : []))
  const home: Place = {
    bin: items.indexOf(chosen),
    level: rated(items.indexOf(chosen))[0] ?? 1,
  }
  const current = stop !== null && rated(stop.bin).includes(levelOf(stop)) ? stop : home

  const go = (place: Place) => {
    setStop(place)
    chart.current
      ?.querySelector<HTMLButtonElement>(`[data-bar="${place.bin}-${place.level}"]`)
      ?.focus()
  }
  const nearest = (bin: number, wanted: number): Place => ({
    bin,
    level: rated(bin).toSorted((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted))[0] ?? 1,
  })
  const keyDown = (event: KeyboardEvent) => {
    const at = bins.indexOf(current.bin)
    const turned = words.direction === 'rtl' ? -1 : 1
    const steps: Record<string, Place | undefined> = {
      ArrowRight: moved(bins[at + turned]),
      ArrowLeft: moved(bins[at - turned]),
      Home: moved(bins[0]),
      End: moved(bins.at(-1)),
      ArrowUp: upper(1),
      ArrowDown: upper(-1),
    }
    const next = steps[event.key]
    if (next !== undefined) {
      event.preventDefault()
      go(next)
    } else if (event.key === 'Escape') {
      setSeen(null)
      choose(chosen.period, '')
    }
  }
  function moved(bin: number | undefined): Place | undefined {
    return bin === undefined ? undefined : nearest(bin, current.level)
  }
  function upper(by: number): Place | undefined {
    const there = rated(current.bin)
    const next = there[there.indexOf(levelOf(current)) + by]
    return next === undefined ? undefined : { bin: current.bin, level: next }
  }

  const shown = seen === null ? undefined : items[seen.bin]
  return (
    <div class="chart">
      <ul class="legend small" aria-hidden="true">
        {levels.map((one) => (
          <li key={one}>
            <span class={`swatch level-${one}`} /> {t(levelKey(one))}
          </li>
        ))}
      </ul>
      <fieldset ref={chart} class={`bars${seen === null ? '' : ' looking'}`}>
        <legend class="hidden-text">{t('satisfaction.chart')}</legend>
        {items.map((item, bin) => (
          <div key={item.period} class={`bin${item === chosen ? ' chosen' : ''}`}>
            <div class="stack">
              {rated(bin).map((one) => {
                const place = { bin, level: one }
                const share = sharesOf(item, one).now ?? 0
                const picked = item === chosen && level === String(one)
                return (
                  <button
                    key={one}
                    type="button"
                    class={`bar level-${one}${isAt(seen, place) ? ' seen' : ''}`}
                    style={{ flexGrow: item.levels[one - 1] ?? 0 }}
                    data-bar={`${bin}-${one}`}
                    tabIndex={isAt(current, place) ? 0 : -1}
                    aria-pressed={picked}
                    aria-label={sayBar(words, unit, item, one)}
                    onKeyDown={keyDown}
                    onMouseEnter={() => setSeen(place)}
                    onMouseLeave={() => setSeen(null)}
                    onFocus={() => {
                      setSeen(place)
                      setStop(place)
                    }}
                    onBlur={() => setSeen(null)}
                    onClick={() => choose(item.period, picked ? '' : String(one))}
                  >
                    {share >= WRITTEN && items.length <= 14 && <span>{percent(share)}</span>}
                  </button>
                )
              })}
            </div>
            <span class="foot small subtle">
              {shortName(words, unit, item.period)}
              {!item.finished && '…'}
            </span>
          </div>
        ))}
      </fieldset>
      <div class="tip small" aria-hidden="true">
        {shown !== undefined && seen !== null ? (
          <Tip item={shown} unit={unit} level={seen.level} />
        ) : (
          <span class="subtle">{t('satisfaction.tip')}</span>
        )}
      </div>
    </div>
  )
}

function levelOf(place: Place): (typeof levels)[number] {
  return levels.find((level) => level === place.level) ?? 1
}

function isAt(place: Place | null, other: Place): boolean {
  return place?.bin === other.bin && place.level === other.level
}

/** This period and the one before, of one level. */
function Tip({ item, unit, level }: { item: Item; unit: Unit; level: number }) {
  const words = useWords()
  const { now, before } = sharesOf(item, level)
  return (
    <>
      <strong>{sayBar(words, unit, item, level)}</strong>
      {now !== null && before !== null && (
        <span class="subtle">
          {words.t('satisfaction.points', { points: points(words, now - before) })}
        </span>
      )}
    </>
  )
}

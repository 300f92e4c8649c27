import type { Facts } from '../customers/facts.ts'
import type { Need } from '../customers/slices.ts'
import { type Word, wordsOf } from '../timeline/column.ts'

/** Names under which shops say to which line a product belongs. */
const lineProperties = ['line', 'product line', 'category', 'collection', 'brand'] as const

/** What is read of the facts. */
export const shopNeeds: readonly Need[] = [
  'orders',
  'lines',
  'lines.title',
  ...lineProperties.map((name): Need => `lines.property:${name}`),
]

/** What a shop sells, and where: most first. */
export interface ShopWords {
  /** Channels by counted orders. */
  channels: string[]
  /** Products by the customers who had them in their very first counted order. */
  firstProducts: string[]
  /** Products by counted orders. */
  products: string[]
  /** Of the better-selling half, the product whose first sale is the latest; null: nothing is sold. */
  newest: string | null
  /** The property that names product lines, and its values by counted orders; null: none does. */
  line: { property: string; values: string[] } | null
}

type Tally = Map<string, number>

function note(tally: Tally, word: Word | undefined): void {
  if (word === undefined) return
  const name = String(word)
  tally.set(name, (tally.get(name) ?? 0) + 1)
}

function ranked(tally: Tally): string[] {
  return [...tally].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([name]) => name)
}

/** Reads the words of a shop off its counted orders, range by range. */
export function shopWords() {
  const channels: Tally = new Map()
  const firstProducts: Tally = new Map()
  const products: Tally = new Map()
  const firstSold = new Map<string, number>()
  const lines = new Map<string, Tally>()
  return {
    add({ orders, persons }: Facts, skip?: Uint8Array): void {
      const { lines: items } = orders
      const named = lineProperties.flatMap((name) => {
        const column = items.properties.find((one) => one.name === name)?.column
        return column === undefined ? [] : [{ name, column }]
      })
      for (let i = 0; i < persons.length; i += 1) {
        if (skip?.[i] === 1) continue
        let isFirst = true
        for (let k = orders.offsets[i] ?? 0; k < (orders.offsets[i + 1] ?? 0); k += 1) {
          if (orders.counted[k] === 0) continue
          note(channels, wordsOf(orders.channel, k)[0])
          for (let row = items.offsets[k] ?? 0; row < (items.offsets[k + 1] ?? 0); row += 1) {
            const [title] = wordsOf(items.title, row)
            note(products, title)
            if (isFirst) note(firstProducts, title)
            if (title !== undefined) {
              const day = orders.day[k] ?? 0
              const name = String(title)
              firstSold.set(name, Math.min(firstSold.get(name) ?? day, day))
            }
            for (const { name, column } of named) {
              const tally = lines.get(name) ?? new Map<string, number>()
              for (const word of wordsOf(column, row)) note(tally, word)
              lines.set(name, tally)
            }
          }
          isFirst = false
        }
      }
    },
    finish(): ShopWords {
      const sold = ranked(products)
      const half = sold.slice(0, Math.ceil(sold.length / 2))
      const newest = half.toSorted((a, b) => (firstSold.get(b) ?? 0) - (firstSold.get(a) ?? 0))[0]
      const property = lineProperties.find((name) => (lines.get(name)?.size ?? 0) > 1)
      return {
        channels: ranked(channels),
        firstProducts: ranked(firstProducts),
        products: sold,
        newest: newest ?? null,
        line:
          property === undefined
            ? null
            : { property, values: ranked(lines.get(property) ?? new Map()) },
      }
    },
  }
}

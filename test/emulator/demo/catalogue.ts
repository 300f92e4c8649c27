import type { Language } from './phrases/phrase.ts'

/** The sales channels: the shop's own, a marketplace that hides addresses, and a messenger. */
export const channels = {
  web: { name: 'Web shop', prefix: 'shop', number: 'TT' },
  bazarro: { name: 'Bazarro', prefix: 'bazarro', number: 'BZ' },
  pingo: { name: 'Pingo', prefix: 'pingo', number: 'PG' },
} as const

export type ChannelKey = keyof typeof channels

/** Where a channel's customers come from. */
export const languagesOf: Record<ChannelKey, readonly (readonly [Language, number])[]> = {
  web: [
    ['en', 62],
    ['pt', 26],
    ['ko', 4],
    ['ja', 4],
    ['zh', 4],
  ],
  bazarro: [
    ['ja', 40],
    ['zh', 38],
    ['en', 22],
  ],
  pingo: [
    ['ko', 80],
    ['zh', 12],
    ['en', 8],
  ],
}

export const channelShares: readonly (readonly [ChannelKey, number])[] = [
  ['web', 54],
  ['bazarro', 26],
  ['pingo', 20],
]

export interface Product {
  sku: string
  title: string
  line: string
  /** What it is made for. */
  device: 'phone' | 'tablet'
  /** Pence and euro cents. */
  price: { GBP: number; EUR: number }
}

export const products: readonly Product[] = [
  {
    sku: 'DRI-01',
    title: 'Drift clear case',
    line: 'Drift',
    device: 'phone',
    price: { GBP: 1990, EUR: 2390 },
  },
  {
    sku: 'DRI-02',
    title: 'Drift tinted case',
    line: 'Drift',
    device: 'phone',
    price: { GBP: 2290, EUR: 2690 },
  },
  {
    sku: 'LOA-01',
    title: 'Loam leather case',
    line: 'Loam',
    device: 'phone',
    price: { GBP: 3990, EUR: 4690 },
  },
  {
    sku: 'LOA-02',
    title: 'Loam wallet case',
    line: 'Loam',
    device: 'phone',
    price: { GBP: 4690, EUR: 5490 },
  },
  {
    sku: 'LOA-03',
    title: 'Loam tablet folio',
    line: 'Loam',
    device: 'tablet',
    price: { GBP: 6490, EUR: 7590 },
  },
  {
    sku: 'FJO-01',
    title: 'Fjord felt sleeve',
    line: 'Fjord',
    device: 'tablet',
    price: { GBP: 2990, EUR: 3490 },
  },
  {
    sku: 'FJO-02',
    title: 'Fjord travel pouch',
    line: 'Fjord',
    device: 'tablet',
    price: { GBP: 3590, EUR: 4190 },
  },
  {
    sku: 'KNO-01',
    title: 'Knot wrist strap',
    line: 'Knot',
    device: 'phone',
    price: { GBP: 1290, EUR: 1490 },
  },
  {
    sku: 'KNO-02',
    title: 'Knot shoulder cord',
    line: 'Knot',
    device: 'phone',
    price: { GBP: 1790, EUR: 2090 },
  },
  {
    sku: 'LUM-01',
    title: 'Lumen charging stand',
    line: 'Lumen',
    device: 'phone',
    price: { GBP: 3490, EUR: 4090 },
  },
  {
    sku: 'LUM-02',
    title: 'Lumen travel charger',
    line: 'Lumen',
    device: 'phone',
    price: { GBP: 2790, EUR: 3290 },
  },
  {
    sku: 'PAN-01',
    title: 'Pane screen guard',
    line: 'Pane',
    device: 'phone',
    price: { GBP: 1490, EUR: 1790 },
  },
  {
    sku: 'PAN-02',
    title: 'Pane tablet guard',
    line: 'Pane',
    device: 'tablet',
    price: { GBP: 1990, EUR: 2390 },
  },
]

export const postage = { GBP: 395, EUR: 590 } as const

export const colours = ['sand', 'fern', 'night', 'clay', 'sky', 'rose'] as const

/** Phones and tablets of invented makers. */
export const models = {
  phone: [
    ['Pomelo 15', 'iOS'],
    ['Pomelo 16 Pro', 'iOS'],
    ['Pomelo Mini', 'iOS'],
    ['Galena S24', 'Android'],
    ['Galena Fold 6', 'Android'],
    ['Nimbus 9', 'Android'],
  ],
  tablet: [
    ['Pomelo Slate 11', 'iPadOS'],
    ['Galena Tab 10', 'Android'],
  ],
} as const

export const sources: readonly (readonly [string, number])[] = [
  ['search', 34],
  ['social', 26],
  ['friend', 14],
  ['newsletter', 12],
  ['video', 9],
  ['shop window', 5],
]

/** Campaigns by month, 0 is January. */
export const campaigns: Readonly<Record<number, string>> = {
  0: 'new-year-sale',
  3: 'spring-colours',
  6: 'summer-trip',
  8: 'new-phone-days',
  10: 'black-week',
  11: 'gift-box',
}

/** Demand by month, 0 is January; 1.75 is the highest. */
export const season = [0.8, 0.75, 0.85, 0.95, 0.95, 1, 0.9, 0.85, 1.1, 1.1, 1.6, 1.75] as const

export const carriers: Record<ChannelKey, readonly (readonly [string, number])[]> = {
  web: [
    ['Redfinch', 60],
    ['Mailbarrow', 40],
  ],
  bazarro: [['Bazarro Post', 1]],
  pingo: [['Stork Express', 1]],
}

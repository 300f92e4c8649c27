import type { Comparison, Rule } from '../segments/rule.ts'
import type { Rhythm } from '../segments/templates.ts'
import type { ShopWords } from './shop.ts'

/** Kinds of nodes that templates bring; also what their names are called in the translations. */
export type NodeWords =
  | 'first_channel'
  | 'first_product'
  | 'bought_product'
  | 'bought_line'
  | 'online'
  | 'offline'
  | 'on_channel'
  | 'fans'
  | 'active'
  | 'at_risk'
  | 'lost'
  | 'repeat_active'
  | 'repeat_at_risk'
  | 'repeat_lost'

export interface TemplateNode {
  key: string
  /** Of a node of its own: its rule, and the name that the interface gives it, with a word of the shop's. */
  rule?: Rule
  words?: { name: NodeWords; value: string }
}

export interface BoardTemplate {
  /** Also the key of its name and explanation in the translations. */
  key: 'first_touch' | 'trial_line' | 'rfm' | 'online_offline' | 'fans'
  nodes: TemplateNode[]
  arrows: { source: string; target: string }[]
}

const count = (op: Comparison['op'], value: number): Comparison => ({
  fact: 'orders.count',
  op,
  value,
})
const having = (property: string, value: string, least = 1): Comparison => ({
  ...count('>=', least),
  where: [{ property, op: '=', value }],
})
const since = (op: Comparison['op'], value: number): Comparison => ({
  fact: 'orders.daysSinceLast',
  op,
  value,
})
const is = (fact: string, value: string): Comparison => ({ fact, op: '=', value })
const all = (...all: Comparison[]): Rule => ({ all })

function named(key: string, name: NodeWords, rule: Rule, value = ''): TemplateNode {
  return { key, rule, words: { name, value } }
}

const arrowsTo = (target: string, sources: readonly TemplateNode[]) =>
  sources.map(({ key }) => ({ source: key, target }))

function firstTouch({ channels, firstProducts }: ShopWords): BoardTemplate {
  const nodes = [
    ...channels
      .slice(0, 3)
      .map((one, k) =>
        named(`@first_channel_${k}`, 'first_channel', all(is('orders.first.channel', one)), one),
      ),
    ...firstProducts
      .slice(0, 3)
      .map((one, k) =>
        named(`@first_product_${k}`, 'first_product', all(is('orders.first.title', one)), one),
      ),
  ]
  const arrows = arrowsTo('repeat_customer', nodes)
  return { key: 'first_touch', nodes: [...nodes, { key: 'repeat_customer' }], arrows }
}

const trialWords = /trial|sample|starter|tester|travel size|mini/i

/** A trial product, else the one that most customers begin with, and what they buy next. */
function trialLine({ products, firstProducts, line }: ShopWords): BoardTemplate {
  const trial = products.find((one) => trialWords.test(one)) ?? firstProducts[0]
  if (trial === undefined) return { key: 'trial_line', nodes: [], arrows: [] }
  const source = named('@trial', 'bought_product', all(having('title', trial)), trial)
  const others = products.filter((one) => one !== trial)
  const targets =
    line === null
      ? others
          .slice(0, 3)
          .map((one, k) => named(`@line_${k}`, 'bought_product', all(having('title', one)), one))
      : line.values
          .slice(0, 3)
          .map((one, k) =>
            named(`@line_${k}`, 'bought_line', all(having(`line.${line.property}`, one)), one),
          )
  return {
    key: 'trial_line',
    nodes: [source, ...targets],
    arrows: targets.map(({ key }) => ({ source: source.key, target: key })),
  }
}

/** Active → at risk → lost, for those who bought once and for those who came back. */
function rfm({ p50, p90 }: Rhythm): BoardTemplate {
  const once = count('=', 1)
  const more = count('>=', 2)
  const nodes = [
    named('@active', 'active', all(once, since('<=', p50))),
    named('@at_risk', 'at_risk', all(once, since('>', p50), since('<=', p90))),
    named('@lost', 'lost', all(once, since('>', p90))),
    named('@repeat_active', 'repeat_active', all(more, since('<=', p50))),
    named('@repeat_at_risk', 'repeat_at_risk', all(more, since('>', p50), since('<=', p90))),
    named('@repeat_lost', 'repeat_lost', all(more, since('>', p90))),
  ]
  const arrows = [
    ['@active', '@at_risk'],
    ['@at_risk', '@lost'],
    ['@active', '@repeat_active'],
    ['@at_risk', '@repeat_active'],
    ['@lost', '@repeat_active'],
    ['@repeat_active', '@repeat_at_risk'],
    ['@repeat_at_risk', '@repeat_lost'],
  ].map(([source = '', target = '']) => ({ source, target }))
  return { key: 'rfm', nodes, arrows }
}

const offlineWords = /\b(pos|store|shop floor|retail|offline|branch|outlet|kiosk|till)\b/i

const lastOn = (values: readonly string[]): Rule =>
  all({ fact: 'orders.last.channel', op: 'in', value: values })

/** Whose latest order was online, and offline; without a channel that sounds offline, the two greatest. */
function onlineOffline({ channels }: ShopWords): BoardTemplate {
  const offline = channels.filter((one) => offlineWords.test(one))
  const online = channels.filter((one) => !offlineWords.test(one))
  const nodes =
    offline.length > 0 && online.length > 0
      ? [named('@online', 'online', lastOn(online)), named('@offline', 'offline', lastOn(offline))]
      : channels
          .slice(0, 2)
          .map((one, k) => named(`@channel_${k}`, 'on_channel', lastOn([one]), one))
  const [a, b] = nodes
  if (a === undefined || b === undefined) return { key: 'online_offline', nodes: [], arrows: [] }
  const arrows = [
    { source: a.key, target: b.key },
    { source: b.key, target: a.key },
  ]
  return { key: 'online_offline', nodes, arrows }
}

/** Who bought the same thing three times, and the newest product. */
function fans({ products, newest, line }: ShopWords): BoardTemplate {
  const favourite = products.find((one) => one !== newest)
  if (newest === null || favourite === undefined) return { key: 'fans', nodes: [], arrows: [] }
  const [value = ''] = line?.values ?? []
  const source =
    line === null
      ? named('@fans', 'fans', all(having('title', favourite, 3)), favourite)
      : named('@fans', 'fans', all(having(`line.${line.property}`, value, 3)), value)
  const target = named('@newest', 'bought_product', all(having('title', newest)), newest)
  return {
    key: 'fans',
    nodes: [source, target],
    arrows: [{ source: source.key, target: target.key }],
  }
}

/** Boards to begin with, in the words of the shop; those that need what it does not sell are left out. */
export function boardTemplates(shop: ShopWords, rhythm: Rhythm): BoardTemplate[] {
  const found = [firstTouch(shop), trialLine(shop), rfm(rhythm), onlineOffline(shop), fans(shop)]
  return found.filter(({ arrows }) => arrows.length > 0)
}

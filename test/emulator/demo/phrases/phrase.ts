/** What a ticket is about. */
export type Topic =
  | 'delivery'
  | 'damaged'
  | 'wrong_item'
  | 'refund'
  | 'address'
  | 'fit'
  | 'stock'
  | 'praise'

export type Tone = 'positive' | 'neutral' | 'negative'

export type Language = 'en' | 'ko' | 'zh' | 'ja' | 'pt'

/**
 * Sentences of one language. Marks: {name} customer, {agent} agent, {order} order number, {product},
 * {model} phone or tablet, {days} days waited.
 */
export interface Phrases {
  greeting: readonly string[]
  subject: Record<Topic, readonly string[]>
  opening: Record<Topic, Record<'calm' | 'upset', readonly string[]>>
  /** The agent's first answer. */
  reply: Record<Topic, readonly string[]>
  /** The automatic answer in chats. */
  receipt: string
  /** The customer asks again before an answer. */
  chase: readonly string[]
  /** The customer's last word, by how it went. */
  outcome: Record<Tone, readonly string[]>
  closing: readonly string[]
  /** Written beside a rating. */
  comment: Record<Tone, readonly string[]>
}

import { MESSAGE_LABELS, type MessageLabel } from './catalog.ts'
import type { KeptSentiment } from './kept.ts'

/** The part of Workers AI that is used. */
export interface Assistant {
  run: (model: string, input: unknown) => Promise<unknown>
}

/** Model that is asked, how long an answer may take (ms), messages a request may ask about, letters that are sent. */
export const assist = {
  model: '@cf/clef/clef-flash',
  patience: 4_000,
  most: 20,
  letters: 2_000,
} as const

const instruction = `You label one message that a customer wrote to a web shop. Answer with one word: negative (the
customer is unhappy), positive (the customer is pleased) or neutral (a plain question or request, also about a defect).
Read sarcasm as what is meant.`

/** The label in an answer; null when it is none. */
export function labelIn(answer: unknown): MessageLabel | null {
  if (typeof answer !== 'object' || answer === null || !('response' in answer)) return null
  const word = String(answer.response).trim().toLowerCase().replace(/[.!"]/g, '')
  return MESSAGE_LABELS.find((label) => label === word) ?? null
}

/** What the assistant says a message is; null without an answer in time. Never throws. */
export async function askAssistant(
  assistant: Assistant,
  text: string,
  patience: number = assist.patience,
): Promise<MessageLabel | null> {
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), patience))
  const asked = assistant
    .run(assist.model, {
      messages: [
        { role: 'system', content: instruction },
        { role: 'user', content: text.slice(0, assist.letters) },
      ],
      max_tokens: 4,
      temperature: 0,
    })
    .then(labelIn, () => null)
  return Promise.race([asked, late])
}

const strength = 0.6

/** A judgement after the assistant was asked: its label, at a middling strength, and no doubt any more. */
export function assisted(kept: KeptSentiment, label: MessageLabel): KeptSentiment {
  const { uncertain: _, ...rest } = kept
  if (label === kept.label) return rest
  const score = label === 'neutral' ? 0 : label === 'positive' ? strength : -strength
  return { ...rest, label, score, model: `${kept.model}+ai` }
}

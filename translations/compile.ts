import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser'
import type { Message, Options, Part } from '../app/message.ts'

/**
 * Compiles an ICU message to what the app runs. Dates, money and formatted numbers reach a message as text, made by
 * Intl, so a message may hold arguments, plurals, ordinals and selects; anything else is an error.
 */
export function compileMessage(icu: string): Message {
  const parts = compileParts(parse(icu), null)
  if (parts.length === 0) return ''
  const [first] = parts
  return parts.length === 1 && typeof first === 'string' ? first : parts
}

/** Names of the arguments that a message takes, in alphabetical order. */
export function argumentsOf(message: Message): string[] {
  const names = new Set<string>()
  const visit = (part: Part) => {
    if (typeof part === 'string') return
    if (part.length === 1) {
      names.add(part[0])
      return
    }
    names.add(part[1])
    if (part[0] === 0) return
    const options = part[0] === 3 ? part[2] : part[3]
    for (const branch of Object.values(options)) branch.forEach(visit)
  }
  if (typeof message !== 'string') message.forEach(visit)
  return [...names].toSorted()
}

interface Around {
  name: string
  offset: number
}

function compileParts(elements: readonly MessageFormatElement[], around: Around | null): Part[] {
  return elements.map((element): Part => {
    switch (element.type) {
      case TYPE.literal:
        return element.value
      case TYPE.argument:
        return [element.value]
      case TYPE.pound:
        if (around === null) throw new Error('A # stands outside of a plural.')
        return [0, around.name, around.offset]
      case TYPE.select:
        return [3, element.value, compileOptions(element.options, around)]
      case TYPE.plural: {
        const { value: name, offset, options, pluralType } = element
        const kind = pluralType === 'ordinal' ? 2 : 1
        return [kind, name, offset, compileOptions(options, { name, offset })]
      }
      default:
        throw new Error(
          `A message may hold arguments, plurals and selects only (element ${element.type}).`,
        )
    }
  })
}

function compileOptions(
  options: Readonly<Record<string, { value: readonly MessageFormatElement[] }>>,
  around: Around | null,
): Options {
  return Object.fromEntries(
    Object.entries(options).map(([key, { value }]) => [key, compileParts(value, around)]),
  )
}

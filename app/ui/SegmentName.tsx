import { useWords } from '../words.ts'
import type { Tone } from './tone.ts'

const tones: Readonly<Record<string, Tone>> = {
  vip: 'violet',
  repeat_customer: 'blue',
  active_customer: 'green',
  new_customer: 'teal',
}

/** Colour of a segment; the word beside it says the same. */
export function toneOf(key: string): Tone {
  return tones[key] ?? 'grey'
}

/** A default segment's name in the reader's language; others are called as the shop calls them. */
export function SegmentName({ segment }: { segment: { key: string; name: string } }) {
  const { maybe } = useWords()
  return <bdi>{maybe(`segment.${segment.key}`) ?? segment.name}</bdi>
}

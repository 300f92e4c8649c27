import type { ComponentChildren } from 'preact'
import { type Answers, AnswersContext } from './answers.ts'
import { type Surroundings, SurroundingsContext } from './surroundings.ts'
import { type Words, WordsContext } from './words.ts'

/** A page in its surroundings. */
export function Page(props: {
  around: Surroundings
  answers: Answers
  words: Words
  children: ComponentChildren
}) {
  return (
    <AnswersContext.Provider value={props.answers}>
      <SurroundingsContext.Provider value={props.around}>
        <Spoken words={props.words}>{props.children}</Spoken>
      </SurroundingsContext.Provider>
    </AnswersContext.Provider>
  )
}

/** Gives the words to everything inside. */
export function Spoken(props: { words: Words; children: ComponentChildren }) {
  return <WordsContext.Provider value={props.words}>{props.children}</WordsContext.Provider>
}

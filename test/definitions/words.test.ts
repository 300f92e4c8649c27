import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { definitions } from '../../worker/definitions/catalog.ts'
import { wordsOf } from '../../translations/plugin.ts'

const app = join(import.meta.dirname, '../../app')

/** Definitions that the pages show beside their figures. */
const shown = readdirSync(app, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.tsx'))
  .flatMap((name) => [
    ...readFileSync(join(app, name), 'utf8').matchAll(/<(?:Defined|CardOf)\s+id="([^"]+)"/g),
  ])
  .map(([, id = '']) => id)

test('what a page says of a figure is what the registry says', () => {
  const words = wordsOf('en')
  expect(shown.length).toBeGreaterThan(10)
  for (const id of new Set(shown)) {
    const { formula, exclusions } = definitions.find((one) => one.id === id) ?? {}
    const said = exclusions === '' ? formula : `${formula} Not counted: ${exclusions}`
    expect([id, words[`define.${id}`]]).toEqual([id, said])
  }
})

test('every explanation is of a figure that a page shows', () => {
  const explained = Object.keys(wordsOf('en')).filter((key) => key.startsWith('define.'))
  expect(explained.filter((key) => key !== 'define.ask' && !shown.includes(key.slice(7)))).toEqual(
    [],
  )
})

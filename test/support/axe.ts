import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Frame } from 'playwright-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Ids of the rules of accessibility that a frame breaks, as axe finds them. */
export async function violationsIn(frame: Frame): Promise<string[]> {
  await frame.evaluate(source)
  return await frame.evaluate(async () => {
    const { violations } = await (
      globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string }[] }> } }
    ).axe.run()
    return violations.map(({ id }) => id)
  })
}

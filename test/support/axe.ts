import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Frame } from 'playwright-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** The rules of accessibility that a frame breaks, as axe finds them: the rule, where, and why. */
export async function violationsIn(frame: Frame): Promise<string[]> {
  await frame.evaluate(source)
  return await frame.evaluate(async () => {
    const { violations } = await (
      globalThis as unknown as {
        axe: {
          run(): Promise<{
            violations: { id: string; nodes: { target: string[]; any: { message: string }[] }[] }[]
          }>
        }
      }
    ).axe.run()
    return violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map((one) => `${one.target.join(' ')} (${one.any.map((why) => why.message).join('; ')})`).join(', ')}`,
    )
  })
}

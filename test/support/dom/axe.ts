import axe from 'axe-core'

/** What axe finds wrong on the page, one line each. Colours are left to the contrast test: here nothing is painted. */
export async function flaws(): Promise<string[]> {
  const { violations } = await axe.run(document, {
    rules: { 'color-contrast': { enabled: false }, 'target-size': { enabled: false } },
  })
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
}

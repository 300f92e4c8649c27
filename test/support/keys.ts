import type { Locator, Page } from 'playwright-core'

/** Goes down a menu by keyboard to a value; its field must be on the page. */
export async function downTo(page: Page, menu: Locator, value: string): Promise<void> {
  await menu.focus()
  // Typing its words would depend on how quickly the machine types.
  for (let step = 0; step < 100; step += 1) {
    if ((await menu.inputValue()) === value) return
    await page.keyboard.press('ArrowDown')
  }
  throw new Error(`The menu has no ${value} below.`)
}

/** Presses keys one after another. */
export function presser(page: Page): (...keys: string[]) => Promise<void> {
  return async (...keys) => {
    for (const key of keys) await page.keyboard.press(key)
  }
}

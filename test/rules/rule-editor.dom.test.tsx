import { fireEvent, screen } from '@testing-library/preact'
import { useState } from 'preact/hooks'
import { expect, it } from 'vitest'
import { type Group, groupOf, ruleOf } from '../../app/rules/draft.ts'
import { RuleEditor } from '../../app/rules/RuleEditor.tsx'
import type { Rule } from '../../worker/segments/rule.ts'
import { makeDesk } from '../support/dom/desk.tsx'

const over = (fact: string, value: number) => ({ fact, op: '>=', value }) as const

async function open(rule: Rule) {
  let now = groupOf(rule)
  function Editor() {
    const [draft, setDraft] = useState<Group>(now)
    now = draft
    return <RuleEditor rule={draft} segments={[]} currency="KRW" change={setDraft} />
  }
  const names = { order: [], line: [], ticket: [], trait: [] }
  await makeDesk(() => ({ status: 200, body: names }), { location: 'nav_bar' }).open(<Editor />)
  return () => ruleOf(now)
}

it('a value typed just before its condition is moved stays', async () => {
  const rule = await open({ all: [over('orders.count', 3), over('tickets.count', 1)] })
  const value = screen.getAllByLabelText<HTMLInputElement>('Value')[1]
  if (value === undefined) throw new Error('The second condition has no value.')
  // Both within one frame: nothing that waits for the next one has run in between.
  value.value = '2'
  value.dispatchEvent(new Event('input', { bubbles: true }))
  const key = { key: 'ArrowUp', altKey: true, bubbles: true }
  value.dispatchEvent(new KeyboardEvent('keydown', key))
  await screen.findAllByLabelText('Value')
  expect(rule()).toEqual({ all: [over('tickets.count', 2), over('orders.count', 3)] })
})

it('a condition is put back where it was, and what was changed meanwhile stays', async () => {
  const inner = { any: [over('tickets.count', 1), over('messages.count', 1)] }
  const rule = await open({ all: [inner, over('orders.count', 3)] })
  const removers = () => screen.getAllByRole('button', { name: 'Remove the condition' })
  const [first] = removers()
  if (first === undefined) throw new Error('Nothing can be removed.')
  fireEvent.click(first)
  expect(rule()).toEqual({ all: [{ any: [over('messages.count', 1)] }, over('orders.count', 3)] })
  const count = screen.getAllByLabelText<HTMLInputElement>('Value').at(-1)
  if (count === undefined) throw new Error('The last condition has no value.')
  fireEvent.input(count, { target: { value: '4' } })
  fireEvent.click(screen.getByRole('button', { name: 'Put back what was removed' }))
  expect(rule()).toEqual({ all: [inner, over('orders.count', 4)] })
})

import { expect, test } from 'vitest'
import { maskPersonal } from '../../worker/sentiment/mask.ts'

test.each([
  ['write to ann.lee+x@mail.shop.test now', 'write to ••• now'],
  ['call +49 (0)30 1234-567 please', 'call ••• please'],
  ['card 4111 1111 1111 1111', 'card •••'],
  ['order #48213-A is late', 'order ••• is late'],
  ['see https://shop.test/o/1?e=a@b.test', 'see •••'],
  ['ask @ann_lee', 'ask •••'],
  ['주문번호는 553-2219입니다', '주문번호는 •••입니다'],
  ['waited 14 days', 'waited 14 days'],
  ['no numbers here', 'no numbers here'],
])('%j is shown as %j', (text, shown) => {
  expect(maskPersonal(text)).toBe(shown)
})

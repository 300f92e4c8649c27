import { fireEvent, screen } from '@testing-library/preact'
import { expect, it } from 'vitest'
import { CardBody } from '../../app/card/CardBody.tsx'
import { flaws } from '../support/dom/axe.ts'
import { makeCard } from '../support/dom/card.ts'
import { makeDesk } from '../support/dom/desk.tsx'

const badRating = {
  ticket: 'zendesk:48102',
  day: '2026-11-20',
  level: 1,
  scale: 5,
  reasons: ['Slow reply', 'Wrong item'],
  until: '2027-02-18',
}

async function open(ticketId: string, rating: typeof badRating | null) {
  const desk = makeDesk(() => ({ status: 200 }))
  const card = makeCard({ badRating: rating })
  await desk.open(
    <main>
      <CardBody card={card} name={null} ticketId={ticketId} />
    </main>,
  )
  return desk
}

it('says how bad, when and why, and until when it is shown', async () => {
  await open('48213', badRating)
  expect(await screen.findByText('Rated 1 of 5 6 days ago')).toBeTruthy()
  expect(screen.getByText('Slow reply and Wrong item')).toBeTruthy()
  expect(screen.getByText('Shown until Feb 18, 2027, or until the next good rating')).toBeTruthy()
  expect(await flaws()).toEqual([])
})

it('opens its ticket, unless that is the one beside it', async () => {
  const desk = await open('48213', badRating)
  fireEvent.click(await screen.findByRole('button', { name: 'Open ticket #48102' }))
  expect(desk.acted).toEqual(['ticket 48102'])
  await open('48102', badRating)
  expect(screen.queryAllByRole('button', { name: 'Open ticket #48102' })).toHaveLength(1)
})

it('is not there without a bad rating', async () => {
  await open('48213', null)
  expect(screen.queryByText(/^Rated/)).toBe(null)
})

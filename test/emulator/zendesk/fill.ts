import { createHash } from 'node:crypto'
import type { Comment, DeskTicket, EndUser, Rating, World } from '../world.ts'
import type { ZendeskAccount } from './account.ts'
import { iso, type ZComment, type ZSurvey, type ZTicket } from './objects.ts'

/** Zendesk's ids are numbers: the practice world's own where they are, else one made of the text. */
export function numberOf(id: string): number {
  if (/^\d{1,15}$/.test(id)) return Number(id)
  return Number.parseInt(createHash('sha256').update(id).digest('hex').slice(0, 12), 16)
}

/** Field in which the help desk keeps the numbers of a ticket's orders. */
const orderField = 'Order number'

/** Puts the practice world into an account, as if all of it had happened there. */
export function fillAccount(account: ZendeskAccount, world: World): void {
  const { changed } = account
  account.changed = () => {}
  world.groups.forEach((name, index) => account.groups.set(index + 1, name))
  const titles = new Set(world.tickets.flatMap(({ fields }) => Object.keys(fields)))
  account.fields = [
    { id: 1, title: 'Subject', type: 'subject', removable: false },
    ...[orderField, ...titles].map((title, index) => ({
      id: 9_000 + index,
      title,
      type: 'text',
      removable: true,
    })),
  ]
  account.schedules = [scheduleOf(world)]
  const first = Date.parse(world.tickets[0]?.createdAt ?? '2020-01-01T00:00:00Z') - 86_400_000
  for (const agent of world.agents) {
    const { name, email, role, locale } = agent
    const own = { name, email, phone: null, external_id: null, role, locale, verified: true }
    account.saveUser({ id: numberOf(agent.id), ...own, ...plain, ...dated(first) }, first)
  }
  for (const user of world.users) account.saveUser(userOf(world, user, first), first)
  const happened: [number, () => void][] = []
  for (const ticket of world.tickets) {
    const at = Math.max(...instantsOf(ticket).map((one) => Date.parse(one)))
    account.saveTicket(ticketOf(account, ticket, at), at)
    for (const comment of ticket.comments) {
      const when = Date.parse(comment.at)
      happened.push([when, () => addComment(account, world, ticket, comment)])
    }
    if (ticket.rating !== undefined) happened.push(...surveyed(account, ticket, ticket.rating))
  }
  for (const [, happen] of happened.toSorted(([a], [b]) => a - b)) happen()
  account.changed = changed
}

/** The shop's hours as Zendesk keeps them: minutes since Sunday, in a zone by its name in Rails. */
function scheduleOf({ schedule }: World) {
  const minutes = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5))
  const zones = new Map([
    ['Europe/London', 'London'],
    ['UTC', 'UTC'],
  ])
  return {
    id: 1,
    name: 'Care',
    time_zone: zones.get(schedule.timeZone) ?? schedule.timeZone,
    intervals: schedule.intervals.map(({ day, start, end }) => ({
      start_time: (day % 7) * 1_440 + minutes(start),
      end_time: (day % 7) * 1_440 + minutes(end),
    })),
  }
}

/** How what is done at the practice desk reaches the account, and so its exports and webhooks. */
export function mirrorOf(account: ZendeskAccount, world: World) {
  return {
    comment: (ticket: DeskTicket, comment: Comment) => addComment(account, world, ticket, comment),
    ticket: (ticket: DeskTicket) => account.saveTicket(changedTicket(account, ticket)),
    rating(ticket: DeskTicket, rating: Rating) {
      for (const [, happen] of surveyed(account, ticket, rating)) happen()
      account.saveTicket(changedTicket(account, ticket))
    },
  }
}

/** The ticket as it is now; what triggers and jobs have put on it stays. */
function changedTicket(account: ZendeskAccount, ticket: DeskTicket) {
  const made = ticketOf(account, ticket, account.now())
  const before = account.tickets.get(made.id)?.row
  const options = new Set(account.fields.flatMap((one) => (one.options ? [one.id] : [])))
  const kept = new Map((before?.custom_fields ?? []).map((one) => [one.id, one.value]))
  return {
    ...made,
    priority: before?.priority ?? null,
    tags: [...new Set([...made.tags, ...(before?.tags ?? []).filter(isOurs)])],
    satisfaction_rating: scoreOf(ticket) ?? made.satisfaction_rating,
    custom_fields: made.custom_fields.map((one) =>
      options.has(one.id) ? { ...one, value: kept.get(one.id) ?? null } : one,
    ),
  }
}

/** Tags that no agent wrote. */
const isOurs = (tag: string) => tag.startsWith('rapport_')

/** What triggers see of a survey that was answered: good, bad, or nothing in between. */
function scoreOf({ rating }: DeskTicket) {
  if (rating?.level === undefined) return null
  const category = categories[Math.round(((rating.level - 1) / Math.max(1, rating.scale - 1)) * 2)]
  const score = category === 'neutral' || category === undefined ? 'offered' : category
  return { score, ...(rating.comment !== undefined && { comment: rating.comment }) }
}
export type Mirror = ReturnType<typeof mirrorOf>

const plain = { active: true, suspended: false, tags: [], user_fields: {} }

function dated(at: number) {
  return { created_at: iso(at), updated_at: iso(at) }
}

function userOf(world: World, user: EndUser, at: number) {
  // An address counts as proved unless a shop customer gave the same one without proof.
  const doubted = world.customers.some((one) => one.email === user.email && one.verified !== true)
  const { name, email = null, phone = null, externalId = null, locale } = user
  return {
    id: numberOf(user.id),
    name,
    email,
    phone,
    external_id: externalId,
    role: 'end-user' as const,
    verified: !doubted,
    locale,
    ...plain,
    ...dated(at),
  }
}

function instantsOf(ticket: DeskTicket): string[] {
  const { createdAt, solvedAt, comments, rating } = ticket
  const others = [solvedAt, rating?.offeredAt, rating?.ratedAt, comments.at(-1)?.at]
  return [createdAt, ...others.filter((one) => one !== undefined)]
}

function ticketOf(account: ZendeskAccount, ticket: DeskTicket, at: number) {
  const values: Record<string, unknown> = {
    ...ticket.fields,
    [orderField]: ticket.orderIds.join(', '),
  }
  const group = [...account.groups].find(([, name]) => name === ticket.group)?.[0] ?? null
  const made: Omit<ZTicket, 'generated_timestamp'> = {
    id: numberOf(ticket.id),
    subject: ticket.subject,
    status: ticket.status,
    type: ticket.type ?? null,
    via: { channel: ticket.channel },
    requester_id: numberOf(ticket.requester),
    assignee_id: ticket.assignee === undefined ? null : numberOf(ticket.assignee),
    group_id: group,
    tags: ticket.tags,
    custom_fields: account.fields
      .filter(({ removable }) => removable)
      .map(({ id, title }) => ({ id, value: values[title] ?? null })),
    satisfaction_rating: null,
    created_at: ticket.createdAt,
    updated_at: iso(at),
    metric_set: { solved_at: ticket.solvedAt ?? null, reopens: ticket.reopens },
  }
  return made
}

function addComment(account: ZendeskAccount, world: World, ticket: DeskTicket, comment: Comment) {
  const staff = comment.agent ?? ticket.assignee ?? world.agents[0]?.id ?? '0'
  const authors = { customer: ticket.requester, agent: staff, bot: '-1' }
  const author = comment.author === 'bot' ? -1 : numberOf(authors[comment.author])
  const made: ZComment = {
    id: numberOf(comment.id),
    type: 'Comment',
    author_id: author,
    body: comment.text,
    plain_body: comment.text,
    public: comment.public,
    created_at: comment.at,
  }
  account.addComment(numberOf(ticket.id), made, Date.parse(comment.at))
}

const categories = ['bad', 'neutral', 'good'] as const

/** A survey as it was offered and answered: what happens, with its instants. */
function surveyed(
  account: ZendeskAccount,
  ticket: DeskTicket,
  rating: Rating,
): [number, () => void][] {
  const id = numberOf(ticket.id)
  const offered = Date.parse(rating.offeredAt)
  const group = [...account.groups].find(([, name]) => name === rating.group)?.[0] ?? null
  const told = (type: string, at: number): [number, () => void] => [
    at,
    () => {
      const mark = {
        event_type: type,
        survey_response_id: rating.id,
        survey_type: 'customer_satisfaction',
        assigned_user_id: rating.agent === undefined ? null : numberOf(rating.agent),
        assigned_group_id: group,
      }
      account.addEvent(id, numberOf(ticket.requester), [mark], at)
    },
  ]
  const survey: ZSurvey = {
    id: rating.id,
    created_at: iso(offered),
    expires_at: iso(offered + 28 * 86_400_000),
    responder_id: numberOf(ticket.requester),
    subject_zrns: [`zen:ticket:${id}`],
    subjects: [{ id: String(id), type: 'ticket', zrn: `zen:ticket:${id}` }],
    answers: answersOf(rating),
  }
  account.saveSurvey(survey)
  const events = [told('SurveyOffered', offered)]
  if (rating.ratedAt !== undefined) {
    events.push(told('SurveyResponseSubmitted', Date.parse(rating.ratedAt)))
  }
  return events
}

function answersOf({ level, scale, ratedAt, reasons, comment }: Rating) {
  if (level === undefined || ratedAt === undefined) return []
  const at = { created_at: ratedAt, updated_at: ratedAt }
  const step = (level - 1) / Math.max(1, scale - 1)
  const options = Array.from({ length: scale }, (_, k) => ({ id: `r${k + 1}`, label: `${k + 1}` }))
  const choices = reasons.map((label, k) => ({ id: `o${k + 1}`, label }))
  return [
    {
      type: 'rating_scale',
      rating: level,
      rating_category: categories[Math.round(step * 2)],
      question: { options },
      ...at,
    },
    ...(reasons.length > 0
      ? [
          {
            type: 'closed_ended',
            selections: choices.map(({ id }) => ({ type: 'predefined', option_id: id })),
            question: { options: choices },
            ...at,
          },
        ]
      : []),
    ...(comment === undefined ? [] : [{ type: 'open_ended', value: comment, ...at }]),
  ]
}

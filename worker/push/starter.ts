import { checkboxKey, type Starter, userFields } from './catalog.ts'
import { tagOf } from './wanted.ts'

interface Condition {
  field: string
  operator: string
  value: string
}

/** A trigger as the help desk takes it. */
export interface TriggerDraft {
  title: string
  active: boolean
  conditions: { all: Condition[]; any: Condition[] }
  actions: { field: string; value: string | string[] }[]
}

/** Subject of a field of the requester in conditions and actions. */
const requester = (key: string) => `requester.custom_fields.${key}`

/** Field of a checkbox that a segment has; the segment of those at risk. */
export const atRisk = 'vip_at_risk'

/** Where the rating is asked for in conditions; the new surveys fill it too, as far as is known. */
export const scoreSubject = 'satisfaction_score'

/** Fields of users that a trigger reads or writes. */
export const fieldOfStarter: Readonly<Record<Starter, string>> = {
  bad_rating: userFields.badRating.key,
  good_rating: userFields.badRating.key,
  vip: checkboxKey('vip'),
  negative: userFields.negative.key,
  at_risk: checkboxKey(atRisk),
}

const score = (value: string) => ({ field: scoreSubject, operator: 'is', value })
const isSet = (key: string) => ({ field: requester(key), operator: 'is', value: 'true' })
/** Tags that keep a trigger from acting twice on a ticket: what an agent does after it stays. */
const [upset, mayLeave] = [tagOf('upset'), tagOf('at_risk')]
const notYet = (tag: string) => ({ field: 'current_tags', operator: 'not_includes', value: tag })
const notSolved = { field: 'status', operator: 'is_not', value: 'solved' }

/**
 * The trigger of a name. `webhook` is called about ratings; `group` takes over tickets of those who are upset or at
 * risk, where one is given.
 */
export function starterTrigger(
  name: Starter,
  { webhook, group }: { webhook: string | null; group: string | null },
): TriggerDraft {
  const key = fieldOfStarter[name]
  const called =
    webhook === null
      ? []
      : [{ field: 'notification_webhook', value: [webhook, '{"ticket":"{{ticket.id}}"}'] }]
  const toGroup = group === null ? [] : [{ field: 'group_id', value: group }]
  const trigger = (
    title: string,
    conditions: Partial<TriggerDraft['conditions']>,
    actions: TriggerDraft['actions'],
  ): TriggerDraft => ({
    title: `Rapport: ${title}`,
    active: true,
    conditions: { all: conditions.all ?? [], any: conditions.any ?? [] },
    actions,
  })
  switch (name) {
    case 'bad_rating':
      return trigger(
        'flag who gave a bad rating',
        { any: [score('bad'), score('bad_with_comment')] },
        [{ field: requester(key), value: 'true' }, ...called],
      )
    case 'good_rating':
      return trigger(
        'clear the flag after a good rating',
        { any: [score('good'), score('good_with_comment')] },
        [{ field: requester(key), value: 'false' }, ...called],
      )
    case 'vip':
      return trigger('VIPs first', { all: [isSet(key), notSolved] }, [
        { field: 'priority', value: 'high' },
        { field: 'current_tags', value: tagOf('vip') },
      ])
    case 'negative':
      return trigger('who is upset comes first', { all: [isSet(key), notSolved, notYet(upset)] }, [
        { field: 'priority', value: 'urgent' },
        { field: 'current_tags', value: upset },
        ...toGroup,
      ])
    case 'at_risk':
      return trigger('who may leave', { all: [isSet(key), notSolved, notYet(mayLeave)] }, [
        { field: 'current_tags', value: mayLeave },
        ...toGroup,
      ])
  }
}

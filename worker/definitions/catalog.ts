/**
 * Every number that Rapport shows: what it is called, how it comes about, its unit, and what is left out. `fields`
 * are the places of the API's answers where it stands, route first; `*` stands for any key or position.
 */
export interface Definition {
  id: string
  name: string
  /** The formula in words. */
  formula: string
  unit: 'count' | 'share' | 'points' | 'money' | 'day' | 'level' | 'milliseconds' | 'score'
  /** What is not counted; empty when nothing is left out. */
  exclusions: string
  fields: readonly string[]
}

const periods = (path: string) => [
  `/v1/satisfaction items.*.${path}`,
  `/v1/satisfaction items.*.previous.${path}`,
  `/v1/satisfaction total.${path}`,
  `/v1/satisfaction total.previous.${path}`,
]

const view = (path: string) => [
  ...periods(path),
  `/v1/satisfaction groups.*.${path}`,
  `/v1/satisfaction groups.*.previous.${path}`,
]

const change = (path: string) => [
  `/v1/satisfaction items.*.change.${path}`,
  `/v1/satisfaction total.change.${path}`,
  `/v1/satisfaction groups.*.change.${path}`,
]

const parts = (path: string) => [
  `/v1/satisfaction items.*.change.parts.*.${path}`,
  `/v1/satisfaction total.change.parts.*.${path}`,
]

const movement = (path: string) => [
  `/v1/movements items.*.${path}`,
  `/v1/movements items.*.previous.${path}`,
  `/v1/movements/matrix items.*.${path}`,
]

const uncounted =
  'Cancelled, test and unpaid orders (unpaid ones count if the account says so); amounts without an exchange rate.'
const onePerTicket = 'Earlier ratings of the same ticket.'

export const definitions = [
  {
    id: 'satisfaction.rate',
    name: 'Satisfaction rate',
    formula:
      'Good ratings ÷ ratings. Good: 4 or 5 of 5, 3 of 3, the better of 2. One rating per ticket, the last.',
    unit: 'share',
    exclusions: onePerTicket,
    fields: view('rate'),
  },
  {
    id: 'satisfaction.ratings',
    name: 'Ratings',
    formula:
      'Tickets rated in the period, by the day of the last rating (or, if switched, the day the ticket was made).',
    unit: 'count',
    exclusions: onePerTicket,
    fields: [...view('ratings'), '/v1/satisfaction/tickets total', ...periods('asked')],
  },
  {
    id: 'satisfaction.levels',
    name: 'Ratings by level',
    formula:
      'Ratings on the picture of five levels: 2-point ratings stand at 1 and 5, 3-point ratings at 1, 3 and 5.',
    unit: 'count',
    exclusions: onePerTicket,
    fields: [...view('levels.*'), ...periods('scales.*')],
  },
  {
    id: 'satisfaction.interval',
    name: 'Uncertainty of the rate',
    formula: '95 % interval of the rate after Wilson: where the true rate may well lie.',
    unit: 'share',
    exclusions: '',
    fields: [...view('low'), ...view('high')],
  },
  {
    id: 'satisfaction.responseRate',
    name: 'Response rate',
    formula:
      'Answered offers ÷ offers, by the day of the offer, with the same filters on both sides.',
    unit: 'share',
    exclusions:
      'Ratings without a time of offer. Not shown beside a filter by level or reason, which offers do not have.',
    fields: [...view('responseRate'), ...view('offered'), ...view('answered')],
  },
  {
    id: 'satisfaction.reasonShare',
    name: 'Share of a reason',
    formula:
      'Ratings with the reason ÷ ratings at levels at which reasons are asked: neutral or worse.',
    unit: 'share',
    exclusions: 'Reasons given at good levels.',
    fields: [...periods('reasons.*.ratings'), ...periods('reasons.*.share')],
  },
  {
    id: 'satisfaction.change',
    name: 'Change of the rate',
    formula:
      'Rate − rate of the previous period. An unfinished period is compared with the same part of the previous one. It counts as a change only when its 95 % interval after Newcombe leaves out zero.',
    unit: 'points',
    exclusions: 'Nothing is shown when one of the two periods has no ratings.',
    fields: [...change('value'), ...change('low'), ...change('high')],
  },
  {
    id: 'satisfaction.needed',
    name: 'Ratings needed',
    formula:
      'The smallest number of further ratings at the present rate with which the change would count as one.',
    unit: 'count',
    exclusions: 'Nothing is shown when no number would do.',
    fields: change('needed'),
  },
  {
    id: 'satisfaction.ratePart',
    name: 'Part of a group by its own rate',
    formula:
      'Mean of the group’s shares of all ratings in both periods × change of the group’s rate. With the parts by shift it sums to the change.',
    unit: 'points',
    exclusions: '',
    fields: parts('rate'),
  },
  {
    id: 'satisfaction.mixPart',
    name: 'Part of a group by shift',
    formula:
      'Distance of the group’s mean rate from the mean rate of all × change of the group’s share of all ratings. With the parts by rate it sums to the change.',
    unit: 'points',
    exclusions: '',
    fields: parts('mix'),
  },
  {
    id: 'satisfaction.adjustedRate',
    name: 'Adjusted rate',
    formula:
      'The rate of a group, drawn towards the rate of all: the more, the fewer ratings stand behind it and the less the groups differ. Groups are ranked by it.',
    unit: 'share',
    exclusions: '',
    fields: ['/v1/satisfaction groups.*.adjustedRate'],
  },
  {
    id: 'satisfaction.falseAlarms',
    name: 'False alarms',
    formula: 'How often a change is reported in a period though nothing changed.',
    unit: 'share',
    exclusions: '',
    fields: ['/v1/satisfaction falseAlarms'],
  },
  {
    id: 'satisfaction.valueAtStake',
    name: 'Value at stake',
    formula:
      'Total order value, on the last day of the period, of the customers behind its bad ratings, each customer once.',
    unit: 'money',
    exclusions: uncounted,
    fields: [
      '/v1/satisfaction/at-stake totalOrderValue',
      '/v1/satisfaction/at-stake segments.*.totalOrderValue',
      '/v1/satisfaction/at-stake segments.*.persons',
      '/v1/satisfaction/at-stake total',
    ],
  },
  {
    id: 'satisfaction.badRatings',
    name: 'Bad ratings',
    formula: 'Ratings of 1 or 2 of 5, 1 of 3, or the worse of 2.',
    unit: 'count',
    exclusions: onePerTicket,
    fields: [
      '/v1/satisfaction/at-stake badRatings',
      '/v1/satisfaction/at-stake items.*.badRatings',
    ],
  },
  {
    id: 'satisfaction.level',
    name: 'Rating',
    formula: 'The level that was chosen, of so many levels of its scale; 1 is the worst.',
    unit: 'level',
    exclusions: '',
    fields: [
      '/v1/satisfaction/tickets items.*.level',
      '/v1/satisfaction/tickets items.*.scale',
      '/v1/customers/{id} badRating.level',
      '/v1/customers/{id} badRating.scale',
    ],
  },
  {
    id: 'customer.totalOrderValue',
    name: 'Total order value',
    formula:
      'What was paid for counted orders − refunds, up to the day, in the account’s currency.',
    unit: 'money',
    exclusions: uncounted,
    fields: [
      '/v1/customers items.*.totalOrderValue',
      '/v1/customers/{id} totalOrderValue',
      '/v1/customers/{id} channels.*.totalOrderValue',
      '/v1/instances items.*.totalOrderValue',
      '/v1/instances all.totalOrderValue',
      '/v1/segments/{key}/history items.*.totalOrderValue',
      '/v1/satisfaction/at-stake items.*.totalOrderValue',
    ],
  },
  {
    id: 'customer.orders',
    name: 'Orders',
    formula: 'Orders that are paid, partly paid or refunded, up to the day.',
    unit: 'count',
    exclusions: 'Cancelled, test and unpaid orders (unpaid ones count if the account says so).',
    fields: [
      '/v1/customers items.*.orders',
      '/v1/customers/{id} orders',
      '/v1/customers/{id} channels.*.orders',
      '/v1/instances items.*.orders',
      '/v1/instances all.orders',
      '/v1/satisfaction/at-stake items.*.orders',
    ],
  },
  {
    id: 'customer.withoutRate',
    name: 'Orders without a rate',
    formula:
      'Counted orders in a currency for which there is no exchange rate of their day: they are in counts but in no amount.',
    unit: 'count',
    exclusions: '',
    fields: [
      '/v1/customers/{id} withoutRate',
      '/v1/customers/{id} channels.*.withoutRate',
      '/v1/satisfaction/at-stake withoutRate',
      '/v1/satisfaction/at-stake items.*.withoutRate',
    ],
  },
  {
    id: 'customer.averageSpend',
    name: 'Average spend',
    formula: 'Total order value ÷ counted orders.',
    unit: 'money',
    exclusions: uncounted,
    fields: [
      '/v1/customers items.*.averageSpend',
      '/v1/customers/{id} averageSpend',
      '/v1/customers/{id} channels.*.averageSpend',
      '/v1/instances items.*.averageSpend',
      '/v1/instances all.averageSpend',
    ],
  },
  {
    id: 'customer.orderTotal',
    name: 'Amount of an order',
    formula: 'What the order came to, in its own currency, and what of it was paid back.',
    unit: 'money',
    exclusions: '',
    fields: [
      '/v1/customers/{id} latestOrders.*.total',
      '/v1/customers/{id} latestOrders.*.refunded',
      '/v1/customers/{id} latestOrders.*.lines.*.quantity',
    ],
  },
  {
    id: 'customer.tickets',
    name: 'Tickets',
    formula: 'Tickets of the customer that are open, and all of them.',
    unit: 'count',
    exclusions: 'Deleted tickets.',
    fields: ['/v1/customers/{id} openTickets', '/v1/customers/{id} totalTickets'],
  },
  {
    id: 'customer.contacts',
    name: 'Contacts about the same thing',
    formula:
      'Tickets of the customer’s latest case: each was made within 72 hours of the last public message, solve or opening of those before.',
    unit: 'count',
    exclusions: 'Tickets from more than three months back.',
    fields: ['/v1/customers/{id} cases.*.contacts'],
  },
  {
    id: 'customer.mood',
    name: 'Mood',
    formula:
      'Mean of what the customer’s public messages score, from −1 to 1: a message counts half after 60 days, several in a ticket count by the root of their number, two neutral ones are added.',
    unit: 'score',
    exclusions: 'Messages of agents and bots, automatic ones, and those without words.',
    fields: [
      '/v1/customers/{id} sentiment.score',
      '/v1/customers/{id} sentiment.messages.*.score',
      '/v1/customers items.*.sentiment.score',
    ],
  },
  {
    id: 'cases.figures',
    name: 'Cases, and what became of them',
    formula:
      'Cases opened in the period. Resolved: every ticket is solved or closed and has a solve time. Time to resolve: first opening to last solve. First reply: first public human answer after the customer’s first message. Medians interpolate linearly.',
    unit: 'count',
    exclusions: 'Tickets that the method filters out, or from before its first day.',
    fields: [
      '/v1/aggregation-methods/{id}/metrics *',
      '/v1/aggregation-methods/{id}/metrics groups.*.*',
      '/v1/aggregation-methods/{id}/metrics previous.*',
      '/v1/aggregation-methods/{id}/sensitivity items.*.value',
    ],
  },
  {
    id: 'customer.waiting',
    name: 'Changes waiting',
    formula: 'Changes that were accepted and are not in the figures yet.',
    unit: 'count',
    exclusions: '',
    fields: ['/v1/customers/{id} freshness.waiting', '/v1/status stale'],
  },
  {
    id: 'customer.reason',
    name: 'Fact behind a segment',
    formula:
      'What the customer has of the fact that the rule asks for, with the orders or tickets counted.',
    unit: 'score',
    exclusions: '',
    fields: [
      '/v1/customers/{id} segments.*.because.*.actual',
      '/v1/customers/{id} segments.*.because.*.value',
      '/v1/customers/{id} segments.*.because.*.value.*',
      '/v1/customers/{id} segments.*.because.*.within.*',
      '/v1/customers/{id} segments.*.because.*.events.*.amount',
    ],
  },
  {
    id: 'segment.line',
    name: 'Line of a rank',
    formula:
      'The k-th highest value among the n ranked customers, k = n × per cent ÷ 100, rounded up; whoever reaches it is in.',
    unit: 'money',
    exclusions: 'Customers without a counted order. Under 10 ranked customers there is no line.',
    fields: [
      '/v1/customers/{id} segments.*.because.*.line.*',
      '/v1/customers/{id} segments.*.because.*.rank.top',
    ],
  },
  {
    id: 'customer.count',
    name: 'Customers',
    formula:
      'Persons on the list; of sales channels and other properties: persons with a counted order there.',
    unit: 'count',
    exclusions: 'Persons merged into others.',
    fields: [
      '/v1/customers total',
      '/v1/instances items.*.customers',
      '/v1/instances all.customers',
    ],
  },
  {
    id: 'instance.overlap',
    name: 'Overlap',
    formula: 'Customers over all values of the property − all customers: those who are in several.',
    unit: 'count',
    exclusions: '',
    fields: ['/v1/instances overlap', '/v1/instances total'],
  },
  {
    id: 'customer.repurchaseRate',
    name: 'Repurchase rate',
    formula: 'Customers with two or more counted orders ÷ customers with one or more.',
    unit: 'share',
    exclusions: 'Persons without a counted order.',
    fields: [
      '/v1/instances items.*.repurchaseRate',
      '/v1/instances all.repurchaseRate',
      '/v1/segments/{key}/history items.*.repurchaseRate',
    ],
  },
  {
    id: 'customer.lifetimeValue',
    name: 'Lifetime value',
    formula: 'Total order value ÷ customers: what was earned so far, no forecast.',
    unit: 'money',
    exclusions: uncounted,
    fields: ['/v1/instances items.*.lifetimeValue', '/v1/instances all.lifetimeValue'],
  },
  {
    id: 'segment.size',
    name: 'Members',
    formula: 'Persons in the segment at the end of the day; today’s are provisional.',
    unit: 'count',
    exclusions: '',
    fields: ['/v1/segments/{key} size', '/v1/segments/{key}/history items.*.size'],
  },
  {
    id: 'segment.moves',
    name: 'Joined and left',
    formula: 'Persons whose membership begins on the day, and whose first day outside it is.',
    unit: 'count',
    exclusions: '',
    fields: [
      '/v1/segments/{key}/history items.*.joined',
      '/v1/segments/{key}/history items.*.left',
    ],
  },
  {
    id: 'journey.moved',
    name: 'Moved',
    formula:
      'Persons whose membership of the target that covers the last day of the period began in the period, and who were in the source on some day from the day before the period to the day before they came. Leaving the source does not matter.',
    unit: 'count',
    exclusions: 'Who came into both on one day; who came on the first day known of the target.',
    fields: [...movement('moved'), '/v1/movements/customers total'],
  },
  {
    id: 'journey.sourceSize',
    name: 'Could have moved',
    formula:
      'Persons who were in the source on some day from the day before the period to the day before its last: all who could have moved.',
    unit: 'count',
    exclusions: 'Days before the first that is known of the source.',
    fields: movement('sourceSize'),
  },
  {
    id: 'journey.rate',
    name: 'Share that moved',
    formula:
      'Moved ÷ persons of the source who could have moved. Beside it the 95 % interval after Wilson.',
    unit: 'share',
    exclusions: '',
    fields: [...movement('rate'), ...movement('low'), ...movement('high')],
  },
  {
    id: 'journey.joinedTarget',
    name: 'Newcomers of the target',
    formula:
      'Persons whose membership of the target that covers the last day of the period began in the period, wherever they came from.',
    unit: 'count',
    exclusions: 'Who came on the first day known of the target.',
    fields: movement('joinedTarget'),
  },
  {
    id: 'journey.sameDay',
    name: 'Same day',
    formula:
      'Persons who came into source and target on one day, which is no movement: shown apart.',
    unit: 'count',
    exclusions: '',
    fields: movement('sameDay'),
  },
  {
    id: 'journey.medianDays',
    name: 'Median days',
    formula:
      'Median of the days from the latest coming into the source to the coming into the target, of those who moved; beside it of how many.',
    unit: 'day',
    exclusions: 'Who was in the source before its first known day.',
    fields: [...movement('medianDays'), ...movement('n'), '/v1/movements/customers items.*.days'],
  },
  {
    id: 'journey.size',
    name: 'Members of a node',
    formula:
      'Persons in it on the last day of the period; in a matrix also on the day before the period, and on both days.',
    unit: 'count',
    exclusions: '',
    fields: [
      '/v1/movements nodes.*.size',
      '/v1/movements/matrix segments.*.before',
      '/v1/movements/matrix segments.*.after',
      '/v1/movements/matrix segments.*.stayed',
    ],
  },
] as const satisfies readonly Definition[]

export type DefinitionId = (typeof definitions)[number]['id']

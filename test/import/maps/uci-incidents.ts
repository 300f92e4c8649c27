import type { ImportMap } from './map.ts'

const statuses = {
  New: 'new',
  Active: 'open',
  'Awaiting User Info': 'pending',
  'Awaiting Vendor': 'hold',
  'Awaiting Problem': 'hold',
  'Awaiting Evidence': 'hold',
  Resolved: 'solved',
  Closed: 'closed',
  '-100': 'open',
}

/**
 * UCI 498 (Amaral, Fantinato, Peres 2018), CC BY 4.0: one row per change of a help-desk ticket. The
 * last change is the ticket's state; a ticket that was never resolved is open, whatever its state says.
 */
export const uciIncidents: ImportMap = {
  kind: 'tickets',
  keep: [{ column: 'caller_id', is: '?', not: true }],
  group: ['number'],
  speaker: { latest: 'sys_updated_at' },
  unknown: ['?'],
  dates: 'dmy',
  zone: 'UTC',
  fields: {
    id: { column: 'number', prefix: 'uci:' },
    channel: { column: 'contact_type' },
    'requester.id': { column: 'caller_id', prefix: 'uci:' },
    'requester.name': { column: 'caller_id' },
    type: { literal: 'incident' },
    status: {
      ifBlank: 'resolved_at',
      blank: { literal: 'open' },
      filled: { column: 'incident_state', words: statuses },
    },
    createdAt: { column: 'opened_at' },
    solvedAt: { column: 'resolved_at' },
    reopens: { column: 'reopen_count' },
    'assignee.id': { column: 'assigned_to', prefix: 'uci:' },
    'assignee.name': { column: 'assigned_to' },
    group: { column: 'assignment_group' },
    'fields.category': { column: 'category' },
    'fields.subcategory': { column: 'subcategory' },
    'fields.symptom': { column: 'u_symptom' },
    'fields.priority': { column: 'priority' },
    'fields.impact': { column: 'impact' },
    'fields.urgency': { column: 'urgency' },
    'fields.location': { column: 'location' },
    updatedAt: { column: 'sys_updated_at' },
  },
}

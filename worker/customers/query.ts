import { z } from 'zod'
import { searchPersons } from '../cards/store.ts'
import { AppError } from '../errors.ts'
import type { AppContext } from '../http.ts'
import { splitBy } from '../instances/split.ts'
import { computeLines, eachFacts, linesNow } from '../lines.ts'
import { ranksOf } from '../segments/compile.ts'
import type { SegmentDefinition } from '../segments/definition.ts'
import { membersOn } from '../segments/members.ts'
import { orderPropertyNeeds } from '../segments/needs.ts'
import { closureOf } from '../segments/rank.ts'
import type { Rule } from '../segments/rule.ts'
import { listSegments } from '../segments/store.ts'
import { checkReferences, ruleSchema } from '../segments/validate.ts'
import { type Day, dayCounter, parseDay } from '../time.ts'
import type { Facts } from './facts.ts'
import { fieldNeeds, isColumn, isField } from './fields.ts'
import { fieldName, sortParam } from './list.ts'
import { type CustomerTable, customerTable } from './table.ts'

/** A JSON text. */
const json = z
  .string()
  .max(8_000)
  .transform((text, c): unknown => {
    try {
      return JSON.parse(text)
    } catch {
      c.addIssue('expected JSON')
      return z.NEVER
    }
  })

/** What a list is asked for: which customers, seen how, in what order. */
export const listShape = {
  view: z.string().min(1).max(100).default('person'),
  segment: z.string().min(1).max(100).optional(),
  q: z.string().min(1).max(100).optional(),
  /** A rule, as JSON. */
  filter: json.pipe(ruleSchema).optional(),
  sort: sortParam.default({ key: 'totalOrderValue', descending: true }),
  groupBy: fieldName.optional(),
  /** Names of columns, with commas between; fields among them are told beside the usual ones. */
  columns: z
    .string()
    .max(2_000)
    .transform((text, c) => {
      const names = text.split(',')
      const unknown = names.find((name) => !isColumn(name))
      if (unknown !== undefined) c.addIssue(`there is no column "${unknown}"`)
      return names
    })
    .optional(),
  on: z.iso.date().optional(),
}
export const listQuestion = z.strictObject(listShape)
/** See `listShape`. */
export type ListQuestion = z.output<typeof listQuestion>

/** Key under which a filter is evaluated beside the segments; no saved key starts like this. */
const filterKey = '-filter'

/** Refuses a filter that names segments which are not there. */
function checkFilter(rule: Rule, segments: readonly SegmentDefinition[]): void {
  const errors = checkReferences(filterKey, rule, segments).map(({ path, message }) => ({
    path: `filter.${path}`,
    message,
  }))
  const [first] = errors
  if (first !== undefined) {
    throw new AppError('invalid', `${first.path}: ${first.message}`, { errors })
  }
}

/** The customers that a question asks for: the table, its chosen rows, and the day. */
export interface Listed {
  day: Day
  today: Day
  table: CustomerTable
  chosen: number[]
  /** The segments that the question reads, with their versions. */
  segments: SegmentDefinition[]
}

/** Finds the customers of a question, from everybody's facts. */
export async function findCustomers(c: AppContext, question: ListQuestion): Promise<Listed> {
  const account = c.get('account')
  const db = c.get('db')
  const today = dayCounter(account.timeZone)(c.get('now'))
  const day = question.on === undefined ? today : (parseDay(question.on) ?? today)
  const saved = await listSegments(db, account.id)
  if (question.segment !== undefined && !saved.some(({ key }) => key === question.segment)) {
    throw new AppError('invalid', `segment: there is no segment "${question.segment}".`)
  }
  const rule = question.filter ?? null
  if (rule !== null) checkFilter(rule, saved)
  const wanted = [question.segment, rule === null ? undefined : filterKey].filter(
    (key) => key !== undefined,
  )
  const read = closureOf(rule === null ? saved : [...saved, draftOf(rule)], wanted)
  const ranks = read.some((one) => ranksOf(one.rule).length > 0)
  const lines =
    rule !== null && ranksOf(rule).length > 0
      ? await computeLines(db, account, read)
      : await linesNow(db, account, ranks ? saved : [])
  const basis = question.view === 'person' ? null : question.view
  const fields = [question.groupBy, question.sort.key, ...(question.columns ?? [])]
    .filter((one) => one !== undefined)
    .filter(isField)
  const collector = customerTable(day, new Set(fields))
  const conditions = wanted.map((key) => membersOn(read, key, day, lines))
  const add = (facts: Facts, skip: Uint8Array | undefined) => {
    collector.add(basis === null ? facts : splitBy(facts, basis), skip)
    for (const members of conditions) members.add(facts, skip)
  }
  const besides = [
    ...(basis === null ? [] : orderPropertyNeeds(basis)),
    ...fields.flatMap((one) => fieldNeeds(one)),
  ]
  await eachFacts(db, account, read, add, besides)
  const among = conditions.map((members) => new Set(members.finish().persons))
  if (question.q !== undefined) {
    const rows = await db.all<{ id: number }>(searchPersons(account.id, question.q))
    among.push(new Set(rows.map(({ id }) => id)))
  }
  const table = collector.finish()
  const chosen: number[] = []
  table.persons.forEach((person, row) => {
    if (among.every((persons) => persons.has(person))) chosen.push(row)
  })
  return { day, today, table, chosen, segments: read }
}

function draftOf(rule: Rule): SegmentDefinition {
  const rest = { name: null, basis: null, group: null, version: 0, isDefault: false }
  return { key: filterKey, rule, ...rest }
}

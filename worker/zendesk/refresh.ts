import type { Db } from '../db.ts'
import { ticketFields } from '../push/catalog.ts'
import type { Failure, Outside } from './ask.ts'
import { pace } from './catalog.ts'
import type { Desk } from './desk.ts'
import { type Directory, type Part, parts, titlesOf } from './directory.ts'
import { everyPage } from './pages.ts'
import * as shapes from './shapes.ts'
import { type Connection, saveDirectory, saveStaff } from './store.ts'

interface Refresh {
  db: Db
  control: Db
  account: { id: number }
  connection: Connection
  desk: Desk
  means: { outside: Outside }
}

/** Fields of tickets that we fill ourselves. */
const ours = new Set<string>(Object.values(ticketFields).map(({ title }) => title))

/**
 * Agents, groups and fields: what is known, and read anew where it is old, part by part, so that a failure loses
 * no other part. A part that is merely old is used when it cannot be read; one that was never read is a failure.
 */
export async function freshDirectory(refresh: Refresh): Promise<Directory | Failure> {
  const { db, control, account, connection, desk, means } = refresh
  let directory = connection.directory
  for (const part of parts) {
    const now = means.outside.now()
    const read = directory.at[part]
    if (now - read < pace.catalog) continue
    const found = await readers[part](desk)
    if ('ok' in found) {
      if (read === 0) return found
      continue
    }
    directory = { ...directory, ...found, at: { ...directory.at, [part]: now } }
    await db.batch([saveDirectory(account.id, directory)])
    if (part === 'staff') await control.batch([saveStaff(account.id, directory, now)])
  }
  return directory
}

const readers: Record<Part, (desk: Desk) => Promise<Partial<Directory> | Failure>> = {
  async staff(desk) {
    const staff: Record<string, { name: string; role: 'agent' | 'admin' }> = {}
    const path = '/api/v2/users.json?role[]=agent&role[]=admin&page[size]=100'
    const failure = await everyPage(desk, path, shapes.userPage, ({ users }) => {
      for (const { id, name, role } of users) {
        staff[id] = { name: name ?? id, role: role === 'admin' ? 'admin' : 'agent' }
      }
    })
    return failure ?? { staff }
  },
  async groups(desk) {
    const groups: Record<string, string> = {}
    const path = '/api/v2/groups.json?page[size]=100'
    const failure = await everyPage(desk, path, shapes.groupPage, (page) => {
      for (const { id, name } of page.groups) groups[id] = name
    })
    return failure ?? { groups }
  },
  async fields(desk) {
    const own: { id: string; title: string }[] = []
    const path = '/api/v2/ticket_fields.json?page[size]=100'
    const failure = await everyPage(desk, path, shapes.fieldPage, (page) => {
      own.push(...page.ticket_fields.filter((one) => one.removable && !ours.has(one.title)))
    })
    return failure ?? { fields: titlesOf(own) }
  },
}

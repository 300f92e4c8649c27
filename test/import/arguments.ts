import { parseArgs } from 'node:util'
import { type Kind, keysOf, kinds, missingKeys, typeOf } from './fields.ts'
import type { DateOrder } from './instant.ts'
import { readyMaps } from './maps/index.ts'
import type { Condition, ImportMap, Source } from './maps/map.ts'

/** What one run of the importer is asked to do. */
export interface Options {
  kind: Kind
  file: string
  map: ImportMap
  url: string
  key?: string
  resumeFile?: string
}

/** The importer cannot start; the message says which argument and why. */
export class UsageError extends Error {}

export const usage = `npm run import -- <kind> <file.csv[.gz]> --map <name | key=column,…>
  kind       ${kinds.join(', ')}
  --map      a ready map (${[...readyMaps.keys()].join(', ')})
             or key=column pairs; may be repeated, later pairs win. A column may also be
             :text (always this text) or sum:A*B (exact, over the rows of a record)
  --where    column=text, column!=text or column~pattern; may be repeated, all must hold
  --dates    iso (default), dmy or mdy      --zone  zone of times without an offset (UTC)
  --url      http://127.0.0.1:8787          --key   else RAPPORT_ADMIN_KEY or the local run's key
  --resume-file  where an interrupted run is remembered`

function readSource(text: string): Source {
  if (text.startsWith(':')) return { literal: text.slice(1) }
  if (text.startsWith('sum:')) return { sumOf: text.slice(4).split('*') }
  return { column: text }
}

function readPair(kind: Kind, pair: string): [string, Source] {
  const at = pair.indexOf('=')
  const key = pair.slice(0, at).trim()
  const source = pair.slice(at + 1).trim()
  if (at < 1 || source === '') throw new UsageError(`--map: "${pair}" is not key=column`)
  if (typeOf(kind, key) === null) {
    throw new UsageError(
      `--map: ${kind} have no key "${key}"; there are ${keysOf(kind).join(', ')}`,
    )
  }
  return [key, readSource(source)]
}

function readCondition(text: string): Condition {
  const match = /^(.+?)(!=|=|~)(.*)$/s.exec(text)
  if (match === null) {
    throw new UsageError(`--where: "${text}" is not column=text, column!=text or column~pattern`)
  }
  const [, column = '', operator, value = ''] = match
  if (operator !== '~') return { column, is: value, ...(operator === '!=' && { not: true }) }
  try {
    return { column, is: new RegExp(value, 'u') }
  } catch {
    throw new UsageError(`--where: "${value}" is not a regular expression`)
  }
}

const empty = {
  keep: [],
  group: [],
  speaker: 'first',
  unknown: [],
  dates: 'iso',
  zone: 'UTC',
} as const

function readMap(kind: Kind, texts: readonly string[]): ImportMap {
  let map: ImportMap = { ...empty, kind, fields: {} }
  for (const text of texts) {
    const ready = readyMaps.get(text)
    if (ready !== undefined) {
      if (ready.kind !== kind)
        throw new UsageError(`--map: ${text} makes ${ready.kind}, not ${kind}`)
      map = ready
    } else if (text.includes('=')) {
      const pairs = text.split(',').map((pair) => readPair(kind, pair))
      map = { ...map, fields: { ...map.fields, ...Object.fromEntries(pairs) } }
    } else {
      throw new UsageError(
        `--map: no ready map "${text}"; there are ${[...readyMaps.keys()].join(', ')}`,
      )
    }
  }
  const missing = missingKeys(kind, Object.keys(map.fields))
  if (missing.length > 0) {
    throw new UsageError(
      `--map: ${kind} need ${missing.join(', ')}; write ${missing[0]?.split(' ')[0]}=Column or =:text`,
    )
  }
  return { ...map, group: map.group.length > 0 ? map.group : groupOf(map) }
}

/** Rows of one id are one record as soon as anything is gathered from several rows. */
function groupOf(map: ImportMap): readonly string[] {
  const gathers = Object.entries(map.fields).some(
    ([key, source]) => key.startsWith('lines.') || 'sumOf' in source,
  )
  const id = map.fields['id']
  return gathers && id !== undefined && 'column' in id ? [id.column] : []
}

function readDates(text: string): DateOrder {
  if (text === 'iso' || text === 'dmy' || text === 'mdy') return text
  throw new UsageError(`--dates: "${text}" is not iso, dmy or mdy`)
}

function readZone(zone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone
  } catch {
    throw new UsageError(`--zone: "${zone}" is not a time zone`)
  }
}

/** Reads the command line; throws a UsageError that names what is wrong. */
export function readOptions(argv: readonly string[]): Options {
  const { values, positionals } = parse(argv)
  const [kindText, file, ...rest] = positionals
  const kind = kinds.find((known) => known === kindText)
  if (kind === undefined)
    throw new UsageError(`kind: "${kindText ?? ''}" is not ${kinds.join(', ')}`)
  if (file === undefined) throw new UsageError('file: name a .csv or .csv.gz file')
  if (rest.length > 0)
    throw new UsageError(`"${rest.join(' ')}" is too much; quote names with spaces`)
  if (values.map === undefined) throw new UsageError('--map is missing')
  const map = readMap(kind, values.map)
  return {
    kind,
    file,
    map: {
      ...map,
      keep: [...map.keep, ...(values.where ?? []).map(readCondition)],
      dates: values.dates === undefined ? map.dates : readDates(values.dates),
      zone: values.zone === undefined ? map.zone : readZone(values.zone),
    },
    url: (values.url ?? 'http://127.0.0.1:8787').replace(/\/+$/, ''),
    ...(values.key !== undefined && { key: values.key }),
    ...(values['resume-file'] !== undefined && { resumeFile: values['resume-file'] }),
  }
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        map: { type: 'string', multiple: true },
        where: { type: 'string', multiple: true },
        dates: { type: 'string' },
        zone: { type: 'string' },
        url: { type: 'string' },
        key: { type: 'string' },
        'resume-file': { type: 'string' },
      },
    })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

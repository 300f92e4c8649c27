import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** Folder of the real data sets, which do not travel with the source; RAPPORT_DATA names another. */
const dataFolder = process.env['RAPPORT_DATA'] ?? '../shared/data'

/** A file of the real data; null, and a sentence that says so, when it is not on this machine. */
export function dataFile(name: string): string | null {
  const file = join(dataFolder, name)
  if (existsSync(file)) return file
  console.warn(`Tests of ${name} are skipped: it is not in ${dataFolder}.`)
  return null
}

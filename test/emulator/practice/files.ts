import { readFileSync, statSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface PageFile {
  type: string
  body: string
}

const folder = fileURLToPath(new URL('../desk/', import.meta.url))
const types = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
  ['.ts', 'text/javascript; charset=utf-8'],
])
const made = new Map<string, { at: number; file: PageFile }>()

/**
 * A file of the desk's page by its name; null when there is none. TypeScript loses its types on the way, so
 * that the browser runs the very files that are written, with no build step.
 */
export function pageFile(name: string): PageFile | null {
  const type = types.get(extname(name))
  if (type === undefined || !/^[\w-]+\.\w+$/.test(name)) return null
  const path = join(folder, name)
  const at = statSync(path, { throwIfNoEntry: false })?.mtimeMs
  if (at === undefined) return null
  const known = made.get(name)
  if (known?.at === at) return known.file
  const text = readFileSync(path, 'utf8')
  const file = { type, body: name.endsWith('.ts') ? strip(text) : text }
  made.set(name, { at, file })
  return file
}

/** Node marks the function as experimental with a warning, which nobody at a practice desk needs to read. */
function strip(text: string): string {
  const { emitWarning } = process
  process.emitWarning = () => {}
  try {
    return stripTypeScriptTypes(text)
  } finally {
    process.emitWarning = emitWarning
  }
}

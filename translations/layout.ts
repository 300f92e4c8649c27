import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writtenLocales } from './plugin.ts'

/** The address that manifest and requirements name until a deployment's takes its place. */
const placeholder = 'https://rapport.example.com'

/**
 * Lays manifest, requirements and the marketplace's words of the project at `root` out in a folder. `url`: where
 * the Worker answers; `changes`: entries of the manifest that are other than written.
 */
export function layOutTexts(
  root: string,
  folder: string,
  { url = placeholder, changes = {} }: { url?: string; changes?: Record<string, unknown> },
): void {
  const read = (path: string): object => Object(JSON.parse(readFileSync(join(root, path), 'utf8')))
  const write = (path: string, content: object) => {
    const text = JSON.stringify(content, null, 2).replaceAll(placeholder, url)
    writeFileSync(join(folder, path), `${text}\n`)
  }
  mkdirSync(join(folder, 'translations'), { recursive: true })
  write('manifest.json', { ...read('manifest.json'), ...changes })
  write('requirements.json', read('requirements.json'))
  for (const locale of writtenLocales()) {
    const path = `translations/${locale}.json`
    const file = read(path)
    write(path, { app: 'app' in file ? file.app : {} })
  }
}

/** The files of an app package by path within it. */
export type Files = ReadonlyMap<string, Uint8Array>

/** What keeps a package from being accepted: `path` names the file, and the place in it. */
export interface Problem {
  path: string
  reason: string
}

type Json = null | boolean | number | string | Json[] | { [name: string]: Json }

const locations = [
  'top_bar',
  'nav_bar',
  'ticket_sidebar',
  'new_ticket_sidebar',
  'user_sidebar',
  'organization_sidebar',
  'background',
  'modal',
  'ticket_editor',
  'system_top_bar',
  'custom_object_record_sidebar',
]
const switches = [
  'private',
  'signedUrls',
  'singleInstall',
  'requirementsOnly',
  'marketingOnly',
] as const
const parameterTypes = [
  'text',
  'password',
  'checkbox',
  'url',
  'number',
  'multiline',
  'hidden',
  'oauth',
]
const requirementTypes = [
  'automations',
  'channel_integrations',
  'custom_objects',
  'custom_objects_v2',
  'macros',
  'organization_fields',
  'targets',
  'ticket_fields',
  'triggers',
  'user_fields',
  'views',
  'webhooks',
]
const untitled = ['webhooks', 'custom_objects', 'custom_objects_v2', 'channel_integrations']
const webhookParts = ['name', 'status', 'endpoint', 'http_method', 'request_format']
const banned =
  /\.(rar|zip|gz|gzip|pdf|docx?|avi|bin|bz2?|c?sh|jar|mp3|mpeg|odt|pptx?|xlsx?|7z|csv|map|pem|env)$/i
const belongs =
  /^(manifest\.json|requirements\.json|translations\/[a-z]{2,3}(-\w{2,3})?\.json|assets\/(logo|logo-small|screenshot-\d|banner)\.png|assets\/icon_\w+\.svg)$/
const localeName = /^[a-z]{2,3}(-\w{2,3})?$/
const semver = /^\d+\.\d+\.\d+(-[\w.]+)?$/
const marketplaceTexts = ['short_description', 'long_description', 'installation_instructions']
const secretText = /(client_secret|private_key|api[_-]?key|password|bearer [\w-]{8,}|-----BEGIN)/i

function entry(value: Json | undefined, name: string): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? value[name]
    : undefined
}

const entries = (value: Json | undefined): [string, Json][] =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : []

const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '')

/**
 * Reads JSON and tells the names that one object has twice, which the help desk refuses and JSON.parse hides.
 */
function readJson(text: string): { value: Json; twice: string[] } {
  const value: Json = JSON.parse(text)
  const twice: string[] = []
  const open: Set<string>[] = []
  for (const match of text.matchAll(/"((?:[^"\\]|\\.)*)"(\s*:)?|[{}]/g)) {
    if (match[0] === '{') open.push(new Set())
    else if (match[0] === '}') open.pop()
    else if (match[2] !== undefined) {
      const names = open.at(-1)
      const name = match[1] ?? ''
      if (names?.has(name)) twice.push(name)
      names?.add(name)
    }
  }
  return { value, twice }
}

/** Every rule of an app package that is broken; none when the help desk would take it. */
export function problemsOf(files: Files): Problem[] {
  const problems: Problem[] = []
  const say = (path: string, reason: string) => problems.push({ path, reason })
  const json = (path: string): Json | undefined => {
    const bytes = files.get(path)
    if (bytes === undefined) return undefined
    try {
      const { value, twice } = readJson(new TextDecoder().decode(bytes))
      for (const name of twice) say(path, `"${name}" is there twice`)
      return value
    } catch {
      say(path, 'is no JSON')
      return undefined
    }
  }
  for (const [path, bytes] of files) {
    if (banned.test(path)) say(path, 'is a type of file that packages may not hold')
    else if (!belongs.test(path)) say(path, 'does not belong into the package')
    if (/\.(json|svg)$/.test(path) && secretText.test(new TextDecoder().decode(bytes))) {
      say(path, 'looks as if it held a secret')
    }
  }
  const manifest = json('manifest.json')
  if (manifest === undefined) say('manifest.json', 'is missing')
  else checkManifest(manifest, files, say)
  checkTranslations(manifest, files, json, say)
  const requirements = json('requirements.json')
  if (requirements !== undefined) checkRequirements(requirements, say)
  for (const [path, [width, height]] of pictures) {
    const bytes = files.get(path)
    if (bytes !== undefined) checkPicture(path, bytes, width, height, say)
  }
  for (const path of files.keys()) {
    const bytes = files.get(path)
    if (/screenshot/.test(path) && bytes !== undefined) checkPicture(path, bytes, 1024, 768, say)
  }
  return problems
}

type Say = (path: string, reason: string) => void

function checkManifest(manifest: Json, files: Files, say: Say): void {
  const at = (place: string) => `manifest.json ${place}`
  const author = entry(manifest, 'author')
  for (const part of ['name', 'email', 'url']) {
    if (textOf(entry(author, part)) === '') say(at(`author.${part}`), 'must be a text')
  }
  if (!/^https?:\/\//.test(textOf(entry(author, 'url'))))
    say(at('author.url'), 'must be a web address')
  const locale = textOf(entry(manifest, 'defaultLocale'))
  if (!localeName.test(locale)) say(at('defaultLocale'), 'must be a locale')
  else if (!files.has(`translations/${locale}.json`)) say(at('defaultLocale'), 'has no translation')
  if (!semver.test(textOf(entry(manifest, 'version')))) say(at('version'), 'must be like 1.2.3')
  for (const name of switches) {
    const value = entry(manifest, name)
    if (value !== undefined && typeof value !== 'boolean') say(at(name), 'must be true or false')
  }
  if (entry(manifest, 'noTemplate') !== undefined) say(at('noTemplate'), 'is gone')
  if (entry(manifest, 'frameworkVersion') !== '2.0') say(at('frameworkVersion'), 'must be "2.0"')
  for (const [product, places] of entries(entry(manifest, 'location'))) {
    if (product !== 'support') say(at(`location.${product}`), 'is another product than ours')
    for (const [name, place] of entries(places)) {
      checkLocation(at(`location.${product}.${name}`), name, place, files, say)
    }
  }
  checkParameters(entry(manifest, 'parameters'), at('parameters'), say)
}

function checkLocation(at: string, name: string, place: Json, files: Files, say: Say): void {
  if (!locations.includes(name)) say(at, 'is no location')
  const url = textOf(typeof place === 'string' ? place : entry(place, 'url'))
  const flexible = entry(place, 'flexible')
  if (flexible !== undefined && typeof flexible !== 'boolean') say(at, 'flexible must be a boolean')
  if (url === '' && entry(place, 'autoLoad') !== false) say(at, 'has no address')
  if (url.startsWith('assets/')) {
    if (!files.has(url)) say(at, `names ${url}, which is not in the package`)
  } else if (url !== '' && !url.includes('{{setting.') && !isServed(url)) {
    say(at, 'must be an https address')
  }
  const icons = ['top_bar', 'nav_bar', 'system_top_bar', 'ticket_editor']
  if (icons.includes(name) && !files.has(`assets/icon_${name}.svg`)) say(at, 'has no icon')
}

function isServed(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, hostname } = new URL(url)
  return protocol === 'https:' || hostname === 'localhost'
}

function checkParameters(parameters: Json | undefined, at: string, say: Say): void {
  if (parameters === undefined) return
  if (!Array.isArray(parameters)) return say(at, 'must be a list')
  const names = parameters.map((one) => textOf(entry(one, 'name')))
  for (const [index, one] of parameters.entries()) {
    const name = names[index] ?? ''
    const type = textOf(entry(one, 'type'))
    if (name === '' || name === 'name') say(at, `"${name}" is no name for a parameter`)
    if (names.indexOf(name) !== index) say(at, `"${name}" is there twice`)
    if (!parameterTypes.includes(type)) say(at, `"${type}" is no type`)
    if (type === 'hidden' && entry(one, 'required') === true) say(at, 'hidden cannot be required')
    if (entry(one, 'scopes') !== undefined && entry(one, 'secure') !== true) {
      say(at, `scopes of "${name}" need secure`)
    }
  }
}

function checkTranslations(
  manifest: Json | undefined,
  files: Files,
  json: (path: string) => Json | undefined,
  say: Say,
): void {
  const isPublic = entry(manifest, 'private') === false
  for (const path of files.keys()) {
    if (!path.startsWith('translations/')) continue
    const app = entry(json(path), 'app')
    if (textOf(entry(app, 'name')) === '') say(path, 'app.name is missing')
    const isEnglish = path === 'translations/en.json'
    for (const name of isPublic && isEnglish ? marketplaceTexts : []) {
      if (textOf(entry(app, name)) === '') say(path, `app.${name} is missing`)
    }
    if ([...textOf(entry(app, 'short_description'))].length > 80) {
      say(path, 'app.short_description has more than 80 characters')
    }
    for (const [name, parameter] of entries(entry(app, 'parameters'))) {
      if (textOf(entry(parameter, 'label')) === '') say(path, `parameter ${name} has no label`)
    }
  }
}

function checkRequirements(requirements: Json, say: Say): void {
  const path = 'requirements.json'
  let count = 0
  for (const [type, resources] of entries(requirements)) {
    if (!requirementTypes.includes(type)) say(path, `"${type}" is no type of requirement`)
    for (const [name, resource] of entries(resources)) {
      count += 1
      const missing = (part: string) => textOf(entry(resource, part)) === ''
      const where = `${type}.${name}`
      if (!untitled.includes(type) && missing('title')) say(path, `${where} has no title`)
      if (/^(user|organization)_fields$/.test(type) && missing('key')) {
        say(path, `${where} has no key`)
      }
      if (type === 'webhooks') {
        for (const part of webhookParts.filter(missing)) say(path, `${where} has no ${part}`)
      }
      if (type === 'targets') say(path, `${where}: use a webhook`)
    }
  }
  if (count > 5_000) say(path, 'has more than 5000 requirements')
}

const pictures: readonly [string, readonly [number, number]][] = [
  ['assets/logo.png', [320, 320]],
  ['assets/logo-small.png', [128, 128]],
]

/** Width and height stand at byte 16 of a PNG, after the signature and the head of its first chunk. */
function checkPicture(
  path: string,
  bytes: Uint8Array,
  width: number,
  height: number,
  say: Say,
): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 24 || view.getUint32(0) !== 0x8950_4e47) return say(path, 'is no PNG')
  const [wide, high] = [view.getUint32(16), view.getUint32(20)]
  if (wide !== width || high !== height) {
    say(path, `is ${wide} × ${high}, not ${width} × ${height}`)
  }
}

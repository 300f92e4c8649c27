/** Elements whose content nobody reads, or that hold what somebody else wrote. */
const dropped = new Set([
  'style',
  'script',
  'head',
  'title',
  'blockquote',
  'svg',
  'template',
  'object',
])
const breaking = new Set(
  'address article aside br dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table td tr ul'.split(
    ' ',
  ),
)
const empty = new Set('area base br col embed hr img input link meta source track wbr'.split(' '))

/** Marks that mail programs put on the element around a quoted message. */
const quoteMark =
  /(?:class|id)\s*=\s*["']?[^"'>]*\b(?:gmail_quote|gmail_extra|gmail_signature|gmail_attr|yahoo_quoted|moz-cite-prefix|moz-signature|protonmail_quote|zmail_extra|divrplyfwdmsg|appendonsend|apple-mail-signature|outlooksignature|ms-outlook-mobile-signature|signature)\b/iu
const hiddenMark =
  /style\s*=\s*["'][^"']*(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)/iu

const entities: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ensp: ' ',
  emsp: ' ',
  thinsp: ' ',
  hellip: '…',
  mdash: '—',
  ndash: '–',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  laquo: '«',
  raquo: '»',
  euro: '€',
  pound: '£',
  yen: '¥',
  copy: '©',
  reg: '®',
  trade: '™',
  zwnj: '',
  zwj: '',
  shy: '',
  iexcl: '¡',
  iquest: '¿',
  szlig: 'ß',
  aelig: 'æ',
  oslash: 'ø',
  Oslash: 'Ø',
}
const accents: Record<string, string> = {
  grave: '\u0300',
  acute: '\u0301',
  circ: '\u0302',
  tilde: '\u0303',
  uml: '\u0308',
  ring: '\u030a',
  cedil: '\u0327',
  caron: '\u030c',
}

function entity(whole: string, name: string): string {
  if (name.startsWith('#')) {
    const code = /^#x/iu.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ''
  }
  const known = entities[name]
  if (known !== undefined) return known
  const letter = /^([A-Za-z])(grave|acute|circ|tilde|uml|ring|cedil|caron)$/u.exec(name)
  const accent = letter?.[2] === undefined ? undefined : accents[letter[2]]
  return accent === undefined || letter?.[1] === undefined
    ? whole
    : (letter[1] + accent).normalize('NFC')
}

/** Replaces character references by their characters; unknown ones stay as they are. */
export function decodeEntities(text: string): string {
  return text.replaceAll(/&(#x?[0-9a-f]{1,6}|[a-z]{2,8});/giu, entity)
}

/**
 * The text that a reader of the HTML sees and that its sender wrote: no styles, scripts, comments, hidden
 * parts, alternative texts, quoted messages or marked signatures; blocks become lines. Linear in the input.
 */
export function htmlToText(html: string): string {
  let text = ''
  let at = 0
  /** Name and depth of the element that is being left out. */
  let skipped = ''
  let depth = 0
  while (at < html.length) {
    const open = html.indexOf('<', at)
    const end = open < 0 ? html.length : open
    if (skipped === '' && end > at) text += html.slice(at, end).replaceAll(/\s+/gu, ' ')
    if (open < 0) break
    if (html.startsWith('<!--', open)) {
      const close = html.indexOf('-->', open + 4)
      at = close < 0 ? html.length : close + 3
      continue
    }
    const close = html.indexOf('>', open)
    const tag = /^<(\/?)([a-z][a-z0-9]*)/iu.exec(html.slice(open, open + 24))
    if (tag === null || close < 0) {
      if (skipped === '') text += '<'
      at = open + 1
      continue
    }
    at = close + 1
    const name = (tag[2] ?? '').toLowerCase()
    const closing = tag[1] === '/'
    if (skipped !== '') {
      if (name === skipped) depth += closing ? -1 : 1
      if (depth === 0) skipped = ''
      continue
    }
    if (breaking.has(name)) text += '\n'
    if (closing || empty.has(name)) continue
    const attributes = html.slice(open, close)
    if (dropped.has(name) || quoteMark.test(attributes) || hiddenMark.test(attributes)) {
      skipped = name
      depth = 1
      text += '\n'
    }
  }
  return decodeEntities(text)
    .replaceAll(/[ \t\u00a0]+/gu, ' ')
    .replaceAll(/ ?\n ?/gu, '\n')
    .replaceAll(/\n{3,}/gu, '\n\n')
    .trim()
}

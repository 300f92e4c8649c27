/** What is known about where a message came from; names of headers in any case. */
export interface Origin {
  channel?: string
  from?: string
  subject?: string
  headers?: Readonly<Record<string, string>>
}

const machineChannels = new Set(['system', 'automation', 'rule', 'trigger', 'macro', 'monitored'])
const machineSenders =
  /^(?:no-?reply|do-?not-?reply|donotreply|mailer-daemon|postmaster|bounces?|notifications?|auto-?reply|newsletter)(?:[+._-][^@]*)?@/iu
const machineSubjects =
  /^(?:(?:re|aw|fw|fwd|tr|sv|回复|答复)\s?[:：]\s*)?(?:out of (?:the )?office|automatic reply|auto(?:matic)?[- ]?(?:reply|response)|undeliver(?:able|ed)|delivery status notification|mail delivery (?:failed|subsystem)|returned mail|abwesenheit|automatische antwort|réponse automatique|absence du bureau|respuesta automática|resposta automática|fora do escritório|ausência|risposta automatica|automatisch antwoord|자동 ?(?:회신|응답|답장)|부재중|自動返信|自動応答|不在(?:通知|のお知らせ)|自动回复|自動回覆|外出自动|退信)/iu
const machineOpenings =
  /^(?:i am (?:currently )?(?:out of (?:the )?office|away from (?:the office|my desk)|on (?:annual|parental|sick) leave)|thank you for (?:contacting|your (?:e-?mail|message))[^.]{0,60}\. (?:we|your) (?:have received|will (?:get back|reply)|request)|this is an automat(?:ed|ic)|your order (?:has been|is) (?:confirmed|shipped)|ich bin (?:zur ?zeit|derzeit) (?:nicht|abwesend)|je suis (?:actuellement )?absente?|estoy fuera de la oficina|estou (?:ausente|fora do escritório)|本メールは自動|このメールは自動|本邮件由系统自动|这是一封自动|본 메일은 (?:발신 전용|자동))/iu

function headerOf(origin: Origin, name: string): string {
  for (const [key, value] of Object.entries(origin.headers ?? {}))
    if (key.toLowerCase() === name) return value.trim().toLowerCase()
  return ''
}

/** Did a machine write this: an auto-reply, a bounce, a notification, a list, a rule? */
export function isAutomatic(origin: Origin, text: string): boolean {
  if (machineChannels.has((origin.channel ?? '').toLowerCase())) return true
  const submitted = headerOf(origin, 'auto-submitted')
  if (submitted !== '' && submitted !== 'no') return true
  if (headerOf(origin, 'x-autoreply') !== '' || headerOf(origin, 'x-autorespond') !== '')
    return true
  if (/^(?:bulk|list|junk|auto_reply)$/u.test(headerOf(origin, 'precedence'))) return true
  if (headerOf(origin, 'list-unsubscribe') !== '' || headerOf(origin, 'list-id') !== '') return true
  if (machineSenders.test((origin.from ?? '').trim())) return true
  if (machineSubjects.test((origin.subject ?? '').trim())) return true
  return machineOpenings.test(text.trim())
}

function hex(value: number): string {
  return (value >>> 0).toString(16).padStart(8, '0')
}

/**
 * Fingerprint of a cleaned text (52 bits, hexadecimal; FNV-1a twice): the same text from more than five
 * persons of an account is a template. Numbers do not count, so that filled-in templates are one.
 */
export function fingerprint(text: string): string {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/\d+/gu, '0')
    .replaceAll(/\s+/gu, ' ')
  let low = 0x811c9dc5
  let high = 0x050c5d1f
  for (let i = 0; i < plain.length; i++) {
    const code = plain.charCodeAt(i)
    low = Math.imul(low ^ code, 0x01000193)
    high = Math.imul(high ^ code, 0x01000193) + i
  }
  return (hex(high) + hex(low)).slice(3)
}

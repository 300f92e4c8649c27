/** A line from which on a message is somebody else's or an older one. */
const cuts: readonly RegExp[] = [
  /^\W*##-.*-##/u,
  /^-{2,}\s*(?:original message|original appointment|forwarded message|ursprüngliche nachricht|weitergeleitete nachricht|message d'origine|message transféré|mensaje original|mensaje reenviado|mensagem original|mensagem encaminhada|messaggio originale|messaggio inoltrato|oorspronkelijk bericht|원본 메시지|전달된 메시지|원본 메일|元のメッセージ|転送メッセージ|original|原始邮件|原始郵件|转发邮件|转发的邮件|пересылаемое сообщение)/iu,
  /^(?:begin forwarded message|anfang der weitergeleiteten nachricht|début du message réexpédié|inicio del mensaje reenviado|início da mensagem reencaminhada|inizio messaggio inoltrato|전달된 메시지 시작|転送されたメッセージ|下面是被转发的邮件)\s*[:：]/iu,
  /^_{20,}$/u,
  /^on .{4,200}wrote\s*:$/iu,
  /^am .{4,200}schrieb.{0,120}:$/iu,
  /^le .{4,200}a écrit\s*:$/iu,
  /^el .{4,200}escribió\s*:$/iu,
  /^(?:em|a|no dia) .{4,200}escreveu\s*:$/iu,
  /^il .{4,200}ha scritto\s*:$/iu,
  /^op .{4,200}schreef.{0,120}:$/iu,
  /^den .{4,200}skrev.{0,120}:$/iu,
  /^\d{4}\s?년.{4,200}(?:작성|님이 쓴 글)\s*[:：]?$/u,
  /^\d{4}[年/-].{4,200}(?:のメール|書きました|作成|写道|寫道)\s*[:：]$/u,
  /^(?:在 ?)?\d{4}[年/-].{4,200}(?:写道|寫道)\s*[:：]$/u,
  /^.{4,200}<[^<>@\s]+@[^<>\s]+>\s*(?:wrote|schrieb|escreveu|escribió|a écrit|ha scritto|写道|寫道|のメール|님이 작성|작성)\s*[:：]$/iu,
]

/** First line of a block of mail headers. */
const from =
  /^\*?(?:from|von|de|da|van|från|보낸 ?사람|보낸이|差出人|送信者|发件人|寄件者|寄件人)\s?\*?[:：]\s?\S/iu
const nextHeader =
  /^\*?(?:sent|date|to|subject|gesendet|datum|an|betreff|envoyé|date|à|objet|enviado|enviada em|fecha|para|asunto|assunto|data|inviato|oggetto|verzonden|aan|onderwerp|보낸 ?날짜|날짜|받는 ?사람|제목|送信日時|日時|宛先|件名|发送时间|日期|收件人|主题|寄件日期|收件者|主旨)\s?\*?[:：]/iu

/** A line that a phone or a program adds under a message. */
const device =
  /^(?:sent|get) (?:from|via|with|outlook for) .{2,40}$|^(?:von meinem .{2,30} gesendet|gesendet von .{2,40}|envoyé de(?:puis)? .{2,40}|enviado (?:desde|do|de|a partir do) .{2,40}|inviato da .{2,40}|verzonden (?:vanaf|met) .{2,40}|나의 .{2,20}에서 보냄|.{0,20}iphone에서 보냄|.{2,20}から送信|iphoneから送信|发自我的.{1,20}|從我的.{1,20}傳送|发送自.{1,20})$/iu

/** Words that close a letter; with the few short lines after them they are a signature. */
const farewell =
  /^(?:(?:kind|best|warm|many|with kind|with best)?\s*regards|best wishes|best|yours (?:sincerely|faithfully|truly)|sincerely(?: yours)?|cheers|mit freundlichen grüßen|freundliche grüße|viele grüße|liebe grüße|mfg|cordialement|bien à vous|bien cordialement|saludos(?: cordiales)?|atentamente|un saludo|atenciosamente|att|cordialmente|abraços?|com os melhores cumprimentos|cumprimentos|cordiali saluti|distinti saluti|met vriendelijke groet(?:en)?|groeten|med vänliga hälsningar|드림|올림|敬具|以上|草々|此致|敬礼|顺祝商祺|祝好)[\s,.!。、，]*$/iu

const disclaimer =
  /(?:this (?:e-?mail|message|communication).{0,80}(?:confidential|intended (?:only|solely)|privileged)|intended recipient|if you (?:are not|have received this).{0,60}(?:recipient|in error)|diese e-?mail.{0,80}vertraulich|ce (?:message|courriel).{0,80}confidentiel|este (?:mensaje|correo|e-?mail).{0,80}confidencial|esta mensagem.{0,80}confidencia|questo messaggio.{0,80}riservat|본 (?:메일|이메일).{0,60}(?:기밀|비밀|수신인)|このメール.{0,60}(?:機密|秘密|宛先)|本邮件.{0,60}(?:保密|机密)|please consider the environment|virus-free|denken sie an die umwelt|scanned (?:by|for viruses))/isu

const footerLines = 4

/** Is this a reply header that a mail program broke into two lines? */
function isSplitCut(line: string, next: string): boolean {
  return (
    /^(?:on|am|le|el|em|il|op|den)\s.{4,}/iu.test(line) &&
    cuts.some((cut) => cut.test(`${line} ${next}`))
  )
}

/** Index of the first line that belongs to an older or another message. */
function quotedFrom(lines: readonly string[]): number {
  return lines.findIndex((line, i) => {
    const next = lines[i + 1] ?? ''
    if (cuts.some((cut) => cut.test(line))) return true
    if (from.test(line) && lines.slice(i + 1, i + 4).some((other) => nextHeader.test(other)))
      return true
    return isSplitCut(line, next)
  })
}

/** Index of the first line of a signature, or the number of lines. */
function signatureFrom(lines: readonly string[]): number {
  const dashes = lines.findIndex((line) => /^(?:-- ?|—|–)$/u.test(line))
  const end = dashes < 0 ? lines.length : dashes
  for (let i = Math.max(0, end - footerLines - 1); i < end; i++)
    if (farewell.test((lines[i] ?? '').trim())) return i
  return end
}

/**
 * What the sender wrote this time: without quoted replies, forwarded mails, help-desk markers, signatures,
 * device lines and disclaimers.
 */
export function ownWords(text: string): string {
  const all = text
    .replaceAll('\r\n', '\n')
    .split('\n')
    .map((line) => line.trimEnd())
  const cut = quotedFrom(all.map((line) => line.trim()))
  const lines = (cut < 0 ? all : all.slice(0, cut)).filter(
    (line) => !/^\s*[>|]/u.test(line) && !device.test(line.trim()),
  )
  while (lines.at(-1)?.trim() === '') lines.pop()
  return lines
    .slice(0, signatureFrom(lines))
    .join('\n')
    .split(/\n\s*\n/u)
    .filter((paragraph) => !disclaimer.test(paragraph))
    .join('\n\n')
    .trim()
}

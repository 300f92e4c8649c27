/**
 * Formulae that say nothing about mood. Thanks for something done is not among them: only thanks in
 * advance, wishes, greetings and closings.
 */
const formulae: readonly RegExp[] = [
  // English
  /\b(?:i )?(?:really )?hope (?:that )?(?:you(?:'re| are)|this (?:message|e-?mail) finds you|all is|everything is|you had)\b[^.!?\n]{0,40}[.!?\n]?/giu,
  /\b(?:many |with )?(?:thanks|thank you)(?: (?:so|very) much)?,? in advance\b(?: for [^.!?\n]{0,40})?[.!?]?/giu,
  /\b(?:have|wish(?:ing)? you) an? (?:very )?(?:nice|great|good|lovely|wonderful|pleasant) (?:day|weekend|evening|week|afternoon|time)\b[^.!?\n]{0,30}[.!?]?/giu,
  /\b(?:i )?(?:am |'m )?look(?:ing)? forward to (?:hearing from you|your (?:reply|response|answer|feedback))\b[^.!?\n]{0,20}[.!?]?/giu,
  /\b(?:kind|best|warm) (?:regards|wishes)\b[,.]?(?: \p{L}[\p{L}.]*){0,3}\.?$/giu,
  /^(?:good (?:morning|afternoon|evening|day)|greetings|dear (?:sir or madam|sirs?|madam|team|support|customer service|all))\b[\s,.!]*/giu,
  // German, French, Spanish, Italian
  /\b(?:vielen )?dank im voraus[.!]?|\b(?:ich )?hoffe,? es geht (?:ihnen|euch) gut[.!]?|\bmit freundlichen grüßen\b/giu,
  /\b(?:merci|je vous remercie) (?:d'avance|par avance)[^.!?\n]{0,20}[.!]?|\bbonne journée[.!]?/giu,
  /\b(?:muchas )?gracias de antemano[.!]?|\bespero que (?:estén?|se encuentren?) bien[.!]?|\bque tengan? (?:un )?buen día[.!]?/giu,
  /\bgrazie in anticipo[.!]?|\bbuona giornata[.!]?/giu,
  // Portuguese
  /\b(?:desde já,? (?:muito )?(?:obrigad[oa]|agradeço)(?: (?:a|pela) atenção)?|(?:muito )?obrigad[oa],? desde já|agradeço desde já|obrigad[oa] antecipadamente)\b[.!]?/giu,
  /\bespero que (?:estejam?|esteja tudo|este e-mail)\b[^.!?\n]{0,30}[.!]?|\bten?ham? um (?:ótimo|bom|excelente) (?:dia|final de semana|fim de semana)[.!]?/giu,
  /\b(?:fico no aguardo|aguardo (?:o )?retorno|atenciosamente)\b[.,]?(?: \p{L}+\.?$)?/giu,
  // Korean
  /미리 감사(?:드립니다|드려요|합니다)[.!]?|(?:늘 |항상 )?(?:수고|고생)(?:가|이)? ?(?:많으십니다|많으세요|하십니다|하세요|하셔요)[.!]?|(?:좋은|즐거운|행복한) (?:하루|주말|오후|저녁) ?(?:되세요|보내세요|되시길 바랍니다)[.!]?/gu,
  /답변 (?:기다리겠습니다|기다릴게요|부탁드립니다|부탁드려요)[.!]?/gu,
  // Japanese
  /(?:いつも|大変)?お世話になって(?:おります|います)[。、！]?|お疲れ様です[。、！]?|(?:何卒|どうぞ|以上、)?(?:宜|よろ)しくお願い(?:いた|致)?(?:します|申し上げます)[。！]?/gu,
  /(?:お忙しいところ|お手数(?:を|です|ですが)?(?:おかけ(?:し|いた)(?:ます|しますが))?)?(?:大変)?(?:恐れ入ります|申し訳(?:ありません|ございません))が、?|お手数(?:ですが|をおかけしますが)、?|お返事(?:を)?お待ちして(?:おります|います)[。！]?|恐れ入ります[。、]/gu,
  // Chinese
  /祝(?:您|你|大家)?(?:工作顺利|生活愉快|一切顺利|商祺|好)[，。！]?|期待(?:您|你)?的?(?:回复|答复)[。！]?|(?:提前|先)(?:谢谢|感谢)了?[。！]?|辛苦(?:了|你了|您了)[，。！]?|麻烦(?:您|你)?了[，。！]?|打扰(?:一下|了)[，。！]?/gu,
]

/** The text without courtesy formulae. */
export function withoutCourtesy(text: string): string {
  let left = text
  for (const formula of formulae) left = left.replace(formula, ' ')
  return left === text ? text : left.replaceAll(/[^\S\n]{2,}/gu, ' ').trim()
}

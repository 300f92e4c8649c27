const hidden = '•••'

const personal: readonly RegExp[] = [
  /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu,
  /(?:https?:\/\/|www\.)[^\s<>"]+/gu,
  /(?<![\p{L}\p{N}])@[\p{L}\p{N}_]+/gu,
  // Phone, card, account and order numbers: three digits or more, however they are grouped or prefixed.
  /[#+]?[a-z]{0,4}[-#]?\(?\d(?:[\s().,/:-]{0,2}\d){2,}(?:-?[a-z]{1,3}(?![a-z]))?/giu,
]

/** Hides addresses, links, handles and every number of three digits or more. */
export function maskPersonal(text: string): string {
  return personal.reduce((masked, pattern) => masked.replace(pattern, hidden), text)
}

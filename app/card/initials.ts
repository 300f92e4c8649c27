/** One or two letters for a name: both ends of a Latin name, the last signs of a name in Han or Hangul. */
export function initialsOf(name: string): string {
  const parts = name
    .trim()
    .split(/[\s@._-]+/u)
    .filter((part) => /[\p{L}\p{N}]/u.test(part))
  const [first = ''] = parts
  const last = parts.at(-1) ?? ''
  const letters = [...first]
  if (/[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(first)) {
    return letters.slice(0, 2).join('')
  }
  const initial = letters[0] ?? '?'
  return `${initial}${parts.length > 1 ? ([...last][0] ?? '') : ''}`.toUpperCase()
}

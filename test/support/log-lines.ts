/** What a log line may hold, by name: figures, ids that we made, words that we wrote. */
const texts: Readonly<Record<string, RegExp>> = {
  requestId: /^[0-9a-f-]{36}$/,
  method: /^[A-Z]{3,7}$/,
  route: /^[/\w:.*{}\\|+-]*$/,
  level: /^(warn|error)$/,
  refused: /^[a-z_ -]+$/,
  job: /^[A-Za-z]+$/,
  error: /^[A-Za-z_ ]{1,60}$/,
  // Sentences of ours and places in our code; an address, a token or a long number is neither.
  detail: /^(?!.*(@|[\w-]{33,}|\d{7,})).{0,300}$/,
  at: /^(\s*at [^"<>]*)?$/,
}

/** Why a line must not be in a log; null when it may. */
export function faultOf(line: string): string | null {
  let read: unknown
  try {
    read = JSON.parse(line)
  } catch {
    return 'is not JSON'
  }
  if (typeof read !== 'object' || read === null) return 'is no object'
  for (const [name, value] of Object.entries(read)) {
    if (value === null || typeof value === 'number' || typeof value === 'boolean') continue
    if (typeof value !== 'string') return `${name} is no plain value`
    const allowed = texts[name]
    if (allowed === undefined) return `${name} is no text that logs know`
    if (!allowed.test(value)) return `${name} holds something else`
  }
  return null
}

/** Faults in a log, and the secrets that stand in it: tokens, names, addresses, words. */
export function faultsIn(log: string, secrets: Iterable<string>): string[] {
  const lines = log.split('\n').filter((line) => line !== '')
  const faults = lines.flatMap((line) => {
    const fault = faultOf(line)
    return fault === null ? [] : [`${fault}: ${line.slice(0, 300)}`]
  })
  for (const secret of secrets) {
    if (secret.length >= 5 && log.includes(secret)) faults.push('a secret or a person stands in it')
  }
  return faults
}

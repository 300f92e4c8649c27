/** Prints a figure that a passing test has measured; what goes to the console is shown of failing tests only. */
export function tell(text: string): void {
  process.stdout.write(`${text}\n`)
}

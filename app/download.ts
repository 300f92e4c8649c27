/** Saves a text as a file of the reader's; CSV begins with the mark by which spreadsheets know UTF-8. */
export function saveFile(name: string, type: string, text: string): void {
  const link = document.createElement('a')
  const address = URL.createObjectURL(
    new Blob([`${type === 'text/csv' ? '\uFEFF' : ''}${text}`], { type }),
  )
  link.href = address
  link.download = name
  document.body.append(link)
  link.click()
  link.remove()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}

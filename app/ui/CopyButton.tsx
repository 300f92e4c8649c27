import { useEffect, useState } from 'preact/hooks'
import { useWords } from '../words.ts'
import { Icon } from './Icon.tsx'
import './copy.css'

/** Copies a text; says so for two seconds. */
export function CopyButton({ text }: { text: string }) {
  const { t } = useWords()
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return undefined
    const timer = setTimeout(() => setCopied(false), 2_000)
    return () => clearTimeout(timer)
  }, [copied])
  const label = copied ? t('copied') : t('copy', { text })
  const copy = () => {
    copyText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    )
  }
  return (
    <button type="button" class="icon-button copy" aria-label={label} title={label} onClick={copy}>
      <Icon name={copied ? 'check' : 'copy'} tiny />
    </button>
  )
}

/** The frame may not be trusted with the clipboard; then the selection of a hidden field is copied. */
async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    const field = document.createElement('textarea')
    field.value = text
    field.className = 'hidden-text'
    document.body.append(field)
    field.select()
    const done = document.execCommand('copy')
    field.remove()
    if (!done) throw new Error('The text cannot be copied.')
  }
}

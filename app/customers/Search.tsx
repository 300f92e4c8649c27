import { useEffect, useRef, useState } from 'preact/hooks'
import { Icon } from '../ui/Icon.tsx'
import { useWords } from '../words.ts'

/** Ms without a key press before the list follows. */
const pause = 250

/** Finds by name, e-mail or phone while typing; `/` comes here from anywhere on the page. */
export function Search({ value, search }: { value: string; search: (text: string) => void }) {
  const { t } = useWords()
  const field = useRef<HTMLInputElement>(null)
  const [text, setText] = useState(value)
  const latestRef = useRef(search)
  useEffect(() => {
    latestRef.current = search
  })

  useEffect(() => setText(value), [value])
  useEffect(() => {
    if (text === value) return undefined
    const timer = setTimeout(() => latestRef.current(text.trim()), pause)
    return () => clearTimeout(timer)
  }, [text, value])
  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      if (event.key !== '/' || isField(event.target)) return
      event.preventDefault()
      field.current?.focus()
    }
    addEventListener('keydown', focus)
    return () => removeEventListener('keydown', focus)
  }, [])

  return (
    <div class="search">
      <Icon name="search" />
      <input
        ref={field}
        type="search"
        aria-label={t('customers.search')}
        placeholder={t('customers.search')}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
    </div>
  )
}

function isField(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, select, textarea') !== null
}

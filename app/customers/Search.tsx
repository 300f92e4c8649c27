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
  const searchRef = useRef(search)
  const sentRef = useRef(value)
  useEffect(() => {
    searchRef.current = search
  })

  useEffect(() => {
    // Our own search coming back through the address must not undo what was typed since.
    if (value === sentRef.current) return
    sentRef.current = value
    setText(value)
  }, [value])
  useEffect(() => {
    const wanted = text.trim()
    if (wanted === sentRef.current) return undefined
    const timer = setTimeout(() => {
      sentRef.current = wanted
      searchRef.current(wanted)
    }, pause)
    return () => clearTimeout(timer)
  }, [text])
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

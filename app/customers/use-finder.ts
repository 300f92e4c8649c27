import { useState } from 'preact/hooks'
import { useSurroundings } from '../surroundings.ts'
import type { CustomerPage, CustomerRow } from './list.ts'

/** Finds a few customers by name, e-mail or phone. */
export function useFinder() {
  const { api } = useSurroundings()
  const [text, setText] = useState('')
  const [found, setFound] = useState<CustomerRow[] | null>(null)
  const find = async () => {
    const page = await api.get<CustomerPage>('/customers', { q: text.trim(), limit: 6 })
    setFound(page.items)
  }
  return {
    text,
    setText,
    /** Null until something was looked for. */
    found,
    setFound,
    /** Answers a form that is sent. */
    submit(event: Event) {
      event.preventDefault()
      if (text.trim() !== '') void find().catch(() => setFound([]))
    },
  }
}

import type { ComponentChildren } from 'preact'
import { useErrorBoundary } from 'preact/hooks'
import { useWords } from '../words.ts'
import { Notice } from './Notice.tsx'

/** A part of a page that fails alone: what breaks inside leaves the others as they are. */
export function Guarded({ children }: { children: ComponentChildren }) {
  const { t } = useWords()
  const [error, reset] = useErrorBoundary()
  if (error === undefined) return <>{children}</>
  return (
    <Notice tone="red" icon="warning">
      <p>{t('section.failed')}</p>
      <button type="button" class="text-button" onClick={reset}>
        {t('retry')}
      </button>
    </Notice>
  )
}

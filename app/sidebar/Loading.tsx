import { useWords } from '../words.ts'
import { Skeleton } from './Skeleton.tsx'

/** The skeleton, told to screen readers as one thing. */
export function Loading() {
  const { t } = useWords()
  return (
    <>
      <h1 class="hidden-text">{t('loading')}</h1>
      <Skeleton />
    </>
  )
}

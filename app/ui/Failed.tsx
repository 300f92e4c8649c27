import { ApiError, type ApiFailure } from '../api.ts'
import { type Key, useWords } from '../words.ts'
import { CopyButton } from './CopyButton.tsx'
import { Empty } from './Empty.tsx'
import type { IconName } from './Icon.tsx'

const looks: Record<
  ApiFailure,
  { icon: IconName; tone: 'grey' | 'amber' | 'red'; retry: boolean }
> = {
  offline: { icon: 'offline', tone: 'grey', retry: true },
  unreachable: { icon: 'offline', tone: 'red', retry: true },
  session: { icon: 'refresh', tone: 'amber', retry: false },
  forbidden: { icon: 'lock', tone: 'grey', retry: false },
  missing: { icon: 'search', tone: 'grey', retry: true },
  limited: { icon: 'clock', tone: 'amber', retry: true },
  refused: { icon: 'warning', tone: 'red', retry: true },
  failed: { icon: 'warning', tone: 'red', retry: true },
}

/** Kind of a failure; anything that is no answer of the API counts as our own fault. */
export function failureOf(error: unknown): ApiFailure {
  return error instanceof ApiError ? error.failure : 'failed'
}

export function failureTitle(failure: ApiFailure): Key {
  return `failure.${failure}.title`
}

/** Why there is no data, what to do about it, and the request id for whoever is asked for help. */
export function Failed(props: { error: unknown; retry: () => void; level?: 1 | 2 }) {
  const { t } = useWords()
  const failure = failureOf(props.error)
  const { icon, tone, retry } = looks[failure]
  const requestId = props.error instanceof ApiError ? props.error.requestId : null
  return (
    <div role="alert">
      <Empty icon={icon} tone={tone} title={t(failureTitle(failure))} level={props.level ?? 1}>
        <p class="subtle">{t(`failure.${failure}.text`)}</p>
        {retry && (
          <button type="button" class="button" onClick={props.retry}>
            {t('retry')}
          </button>
        )}
        {requestId !== null && (
          <p class="small subtle">
            {t('requestId', { id: requestId })} <CopyButton text={requestId} />
          </p>
        )}
      </Empty>
    </div>
  )
}

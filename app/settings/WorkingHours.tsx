import { useCallback, useState } from 'preact/hooks'
import { useAnswer } from '../answers.ts'
import { useSurroundings } from '../surroundings.ts'
import { Failed } from '../ui/Failed.tsx'
import { useWords } from '../words.ts'

interface Schedule {
  from: string
  timeZone: string
  intervals: unknown[]
  holidays: unknown[]
}

interface Offered {
  name: string
  /** Null: its zone is not known. */
  schedule: Schedule | null
}

/** The working hours in force, and those of the help desk to be taken over from today on. */
export function WorkingHours() {
  const { t, day } = useWords()
  const { api } = useSurroundings()
  const [offered, setOffered] = useState<Offered[] | 'failed' | null>(null)
  const load = useCallback(
    (signal: AbortSignal) => api.get<{ schedules: Schedule[] }>('/account', {}, signal),
    [api],
  )
  const { data, error, ask } = useAnswer('account', { load })
  if (data === undefined) {
    return error === null ? null : <Failed error={error} retry={ask} level={2} />
  }
  const { schedules } = data
  const latest = schedules.toSorted((a, b) => a.from.localeCompare(b.from)).at(-1)
  const attempt = async (work: () => Promise<Offered[] | null>) => {
    try {
      setOffered(await work())
    } catch {
      setOffered('failed')
    }
  }
  const look = () =>
    attempt(async () => {
      const path = '/connections/zendesk/schedules'
      return (await api.get<{ items: Offered[] }>(path)).items
    })
  const take = (schedule: Schedule) =>
    attempt(async () => {
      const others = schedules.filter(({ from }) => from !== schedule.from)
      await api.send('PATCH', '/account', { schedules: [...others, schedule] })
      ask()
      return null
    })
  return (
    <div class="connection">
      <p>
        {latest === undefined
          ? t('settings.hours.none')
          : t('settings.hours.since', { day: day(latest.from), zone: latest.timeZone })}
      </p>
      <div class="actions">
        <button type="button" class="button" onClick={() => void look()}>
          {t('settings.hours.fetch')}
        </button>
        {Array.isArray(offered) &&
          offered.map(({ name, schedule }) =>
            schedule === null ? (
              <p key={name}>{t('settings.hours.unknown', { name })}</p>
            ) : (
              <button key={name} type="button" class="button" onClick={() => void take(schedule)}>
                {t('settings.hours.take', { name })}
              </button>
            ),
          )}
      </div>
      <output>
        {offered === 'failed' && t('notDone')}
        {Array.isArray(offered) && offered.length === 0 && t('settings.hours.empty')}
      </output>
    </div>
  )
}

import { useState } from 'preact/hooks'
import { useSurroundings } from '../surroundings.ts'
import { Empty } from '../ui/Empty.tsx'
import { Notice } from '../ui/Notice.tsx'
import { useWords } from '../words.ts'

/** Sends an admin to the help desk's own page, in a window of its own, to say yes there. */
export function Connect(props: { broken: boolean; begun: () => void }) {
  const { broken, begun } = props
  const { t } = useWords()
  const { api } = useSurroundings()
  const [state, setState] = useState<'idle' | 'failed' | 'elsewhere' | { url: string }>('idle')
  const connect = async () => {
    // Opened within the click, before the address is known: a browser blocks it later.
    const opened = open('', '_blank')
    try {
      const { url } = await api.send<{ url: string }>('POST', '/connections/zendesk')
      begun()
      if (opened === null) setState({ url })
      else {
        opened.opener = null
        opened.location.href = url
        setState('elsewhere')
      }
    } catch {
      opened?.close()
      setState('failed')
    }
  }
  return (
    <Empty
      icon={broken ? 'warning' : 'people'}
      tone={broken ? 'red' : 'grey'}
      level={2}
      title={t(broken ? 'desk.broken.title' : 'desk.none.title')}
    >
      <p class="subtle">{t(broken ? 'desk.broken.text' : 'desk.none.text')}</p>
      <button type="button" class="button" onClick={() => void connect()}>
        {t(broken ? 'desk.again' : 'desk.connect')}
      </button>
      <output>
        {state === 'elsewhere' && <p>{t('desk.elsewhere')}</p>}
        {state === 'failed' && (
          <Notice tone="red" icon="warning">
            <p>{t('notDone')}</p>
          </Notice>
        )}
        {typeof state === 'object' && (
          <p>
            {t('desk.blocked')}{' '}
            <a href={state.url} target="_blank" rel="noreferrer">
              {t('desk.connect')}
            </a>
          </p>
        )}
      </output>
    </Empty>
  )
}

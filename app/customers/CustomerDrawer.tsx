import { useCallback, useEffect, useRef } from 'preact/hooks'
import type { Card } from '../../worker/customers/card.ts'
import { useAnswer } from '../answers.ts'
import { CardBody } from '../card/CardBody.tsx'
import { Freshness } from '../card/Freshness.tsx'
import { useSurroundings } from '../surroundings.ts'
import { Failed } from '../ui/Failed.tsx'
import { Icon } from '../ui/Icon.tsx'
import { useWords } from '../words.ts'
import { Belongings } from './Belongings.tsx'
import { PersonFacts } from './PersonFacts.tsx'
import { SegmentLog } from './SegmentLog.tsx'

/** A customer's card beside the list; steps to the rows before and after. Focus returns to the row. */
export function CustomerDrawer(props: {
  id: number | null
  ids: readonly number[]
  show: (id: number | null) => void
}) {
  const { t } = useWords()
  const { id, ids, show } = props
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const element = dialog.current
    if (element === null) return
    if (id !== null && !element.open) element.showModal()
    if (id === null && element.open) element.close()
  }, [id])
  const at = id === null ? -1 : ids.indexOf(id)
  const step = (to: number | undefined) => () => {
    if (to !== undefined) show(to)
  }
  const before = at > 0 ? ids[at - 1] : undefined
  const after = at >= 0 ? ids[at + 1] : undefined
  return (
    <dialog
      ref={dialog}
      class="drawer"
      aria-label={t('drawer')}
      onClose={() => {
        if (id !== null) show(null)
      }}
    >
      <div class="drawer-head">
        <button
          type="button"
          class="icon-button"
          aria-label={t('drawer.previous')}
          disabled={before === undefined}
          onClick={step(before)}
        >
          <Icon name="up" />
        </button>
        <button
          type="button"
          class="icon-button"
          aria-label={t('drawer.next')}
          disabled={after === undefined}
          onClick={step(after)}
        >
          <Icon name="low" />
        </button>
        <button
          type="button"
          class="icon-button last"
          aria-label={t('close')}
          onClick={() => dialog.current?.close()}
        >
          <Icon name="cross" />
        </button>
      </div>
      <div class="drawer-body">{id !== null && <Inside key={id} id={id} />}</div>
    </dialog>
  )
}

function Inside({ id }: { id: number }) {
  const { api, role } = useSurroundings()
  const path = `/customers/${id}`
  const load = useCallback((signal: AbortSignal) => api.get<Card>(path, {}, signal), [api, path])
  const { data, error, busy, ask } = useAnswer(path, {
    load,
    pace: (answer) => ((answer.data?.freshness.waiting ?? 0) > 0 ? 2_000 : 60_000),
  })
  const { t } = useWords()
  if (data === undefined) {
    return error === null ? (
      <p class="panel subtle">{t('loading')}</p>
    ) : (
      <Failed error={error} retry={ask} level={2} />
    )
  }
  return (
    <div class="panel">
      <CardBody card={data} name={null} ticketId={null}>
        <PersonFacts card={data} changed={ask} />
      </CardBody>
      <SegmentLog id={id} today={data.freshness.today} />
      {role === 'admin' && <Belongings card={data} changed={ask} />}
      <Freshness card={data} requester={null} busy={busy} refresh={ask} />
    </div>
  )
}

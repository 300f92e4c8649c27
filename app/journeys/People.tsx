import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { behind } from '../../worker/journeys/catalog.ts'
import { useAnswer } from '../answers.ts'
import { ActDialog } from '../customers/ActDialog.tsx'
import { CustomerDrawer } from '../customers/CustomerDrawer.tsx'
import { Pager } from '../customers/Pager.tsx'
import { saveFile } from '../download.ts'
import { useSurroundings } from '../surroundings.ts'
import { Failed } from '../ui/Failed.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Segmented } from '../ui/Segmented.tsx'
import { TableFrame } from '../ui/TableFrame.tsx'
import { useWords } from '../words.ts'
import { daysText } from './sentence.ts'
import { type Arrow, type BoardNode, idOf, type Mover } from './shapes.ts'
import { nodesFor, type Period } from './use-counts.ts'

const limit = 50

interface MoverPage {
  items: Mover[]
  next: string | null
  total: number
}

/** The people behind an arrow: who moved, came on the same day, came at all, or was there to move. */
export function People(props: {
  arrow: Arrow
  nodes: readonly BoardNode[]
  period: Period
  nameOf: (key: string) => string
  /** What the board says of the arrow. */
  sentence: string
  close: () => void
}) {
  const { t } = useWords()
  const { arrow, nameOf, close } = props
  const dialog = useRef<HTMLDialogElement>(null)
  const [who, setWho] = useState<string>('moved')
  useEffect(() => {
    if (dialog.current?.open === false) dialog.current.showModal()
  }, [])
  const names = { source: nameOf(arrow.source), target: nameOf(arrow.target) }
  return (
    <dialog ref={dialog} class="drawer movers" aria-label={t('journeys.people')} onClose={close}>
      <div class="drawer-head">
        <h2>{t('journeys.people.of', names)}</h2>
        <button
          type="button"
          class="icon-button last"
          aria-label={t('close')}
          onClick={() => dialog.current?.close()}
        >
          <Icon name="cross" />
        </button>
      </div>
      <div class="panel movers-body">
        {props.sentence !== '' && <p class="subtle">{props.sentence}</p>}
        <Segmented
          label={t('journeys.who')}
          value={who}
          choices={behind.map((one) => ({ value: one, label: t(`journeys.who.${one}`) }))}
          onChange={setWho}
        />
        <MoverList key={`${idOf(arrow)} ${who}`} {...props} who={who} />
      </div>
    </dialog>
  )
}

function MoverList(props: {
  arrow: Arrow
  nodes: readonly BoardNode[]
  period: Period
  who: string
}) {
  const words = useWords()
  const { t, number, day, locale } = words
  const { api } = useSurroundings()
  const { arrow, period, who } = props
  /** Persons after which a page begins, of this page and of those before. */
  const [trail, setTrail] = useState<readonly number[]>([0])
  const [shown, setShown] = useState<number | null>(null)
  const [failed, setFailed] = useState(false)
  const { source, target } = arrow
  const question = { source, target, who, ...period, nodes: nodesFor(props.nodes, [arrow]) }
  const asked = JSON.stringify({ ...question, after: trail.at(-1), limit })
  const load = useCallback(
    () => api.send<MoverPage>('POST', '/movements/customers', JSON.parse(asked)),
    [api, asked],
  )
  const { data, error, ask } = useAnswer<MoverPage>(`movers ${asked}`, { load })
  if (data === undefined) {
    return error === null ? (
      <div class="bones journey-bone" aria-hidden="true" />
    ) : (
      <Failed error={error} retry={ask} level={2} />
    )
  }
  if (data.total === 0) return <p class="subtle">{t('journeys.people.none')}</p>
  const { next } = data
  const save = () => {
    setFailed(false)
    api.textFor('/movements/customers.csv', question).then(
      (text) => saveFile(`journey-people-${period.from}_${period.to}.csv`, 'text/csv', text),
      () => setFailed(true),
    )
  }
  const dayOr = (text: string | null) => (text === null ? '–' : day(text))
  return (
    <>
      <div class="movers-head">
        <output class="small">{t('journeys.people.total', { count: data.total })}</output>
        <button type="button" class="text-button small" onClick={save}>
          {t('journeys.people.file')}
        </button>
        <ActDialog on={{ movement: question }} total={data.total} />
      </div>
      {failed && <p role="alert">{t('notDone')}</p>}
      <TableFrame label={t('journeys.people')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('journeys.person')}</th>
              <th scope="col">{t('journeys.cameToSource')}</th>
              <th scope="col">{t('journeys.cameToTarget')}</th>
              <th scope="col" class="number">
                {t('journeys.took')}
              </th>
            </tr>
          </thead>
          <tbody>
            {data.items.map((one) => (
              <tr key={one.id}>
                <th scope="row">
                  <button type="button" class="text-button" onClick={() => setShown(one.id)}>
                    <bdi>{one.name ?? one.email ?? t('journeys.noName', { id: one.id })}</bdi>
                  </button>
                  {one.name !== null && one.email !== null && (
                    <span class="small subtle under">
                      <bdi>{one.email}</bdi>
                    </span>
                  )}
                </th>
                <td>{dayOr(one.sourceJoined)}</td>
                <td>{dayOr(one.targetJoined)}</td>
                <td class="number">{one.days === null ? '–' : daysText(locale, one.days)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableFrame>
      <Pager
        from={(trail.length - 1) * limit + 1}
        shown={data.items.length}
        total={number(data.total)}
        previous={trail.length === 1 ? null : () => setTrail(trail.slice(0, -1))}
        next={next === null ? null : () => setTrail([...trail, Number(next)])}
      />
      <CustomerDrawer id={shown} ids={data.items.map(({ id }) => id)} show={setShown} />
    </>
  )
}

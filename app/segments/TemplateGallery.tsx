import { sayRule } from '../rules/say.ts'
import { useSurroundings } from '../surroundings.ts'
import { Failed } from '../ui/Failed.tsx'
import { Section } from '../ui/Section.tsx'
import { useGet } from '../use-get.ts'
import { useWords } from '../words.ts'
import type { Templates } from './shapes.ts'

const groups = ['lifecycle', 'value', 'loyalty', 'service'] as const

/** Ready-made segments; limits of time come from the days between this shop's own purchases. */
export function TemplateGallery({ choose }: { choose: (key: string) => void }) {
  const words = useWords()
  const { t, number, maybe } = words
  const { account } = useSurroundings()
  const { data, error, ask } = useGet<Templates>('/segment-templates', {})
  if (data === undefined) {
    return error === null ? (
      <div class="segments-bone bones" aria-hidden="true" />
    ) : (
      <Failed error={error} retry={ask} level={2} />
    )
  }
  const { p50, p90, n, fallback } = data.rhythm
  const naming = { currency: account.currency, segments: new Map<string, string>() }
  return (
    <>
      <p class="subtle">
        {t(fallback ? 'segmentation.rhythm.usual' : 'segmentation.rhythm', {
          half: number(p50),
          most: number(p90),
          count: n,
        })}
      </p>
      {groups.map((group) => (
        <Section key={group} name={group} title={t(`segmentation.group.${group}`)}>
          <ul class="templates">
            {data.items
              .filter((one) => one.group === group)
              .map(({ key, rule }) => (
                <li key={key}>
                  <button type="button" class="template" onClick={() => choose(key)}>
                    <strong>{maybe(`template.${key}`) ?? key}</strong>
                    <span class="small subtle">{sayRule(words, rule, naming)}</span>
                  </button>
                </li>
              ))}
          </ul>
        </Section>
      ))}
    </>
  )
}

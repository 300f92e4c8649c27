import { useState } from 'preact/hooks'
import { isRule } from '../rules/draft.ts'
import { type Naming, sayCondition, sayRule } from '../rules/say.ts'
import type { Rule } from '../../worker/segments/rule.ts'
import { useGet } from '../use-get.ts'
import { useWords } from '../words.ts'
import type { Segment, Version } from './shapes.ts'

/** The parts of a rule in words: those of its outermost group, and how they are joined. */
function partsOf(words: ReturnType<typeof useWords>, rule: Rule, naming: Naming) {
  const kind = 'all' in rule ? 'all' : 'any' in rule ? 'any' : 'none'
  const parts = 'all' in rule ? rule.all : 'any' in rule ? rule.any : rule.none
  return {
    kind: words.t(`rule.${kind}`),
    said: parts.map((part) =>
      isRule(part) ? sayRule(words, part, naming, true) : sayCondition(words, part, naming),
    ),
  }
}

/** All versions of a segment; two of them side by side, with what only one of them asks. */
export function Versions({ segment, naming }: { segment: Segment; naming: Naming }) {
  const words = useWords()
  const { t, dateTime, number } = words
  const path = `/segments/${encodeURIComponent(segment.key)}/versions`
  const { data } = useGet<{ items: Version[] }>(path, { of: String(segment.version) })
  const [chosen, setChosen] = useState<number | null>(null)
  const versions = data?.items ?? []
  if (data !== undefined && versions.length === 0) {
    return <p class="subtle">{t('segmentation.versions.first')}</p>
  }
  const [latest, before] = versions
  const other = versions.find(({ version }) => version === chosen) ?? before
  return (
    <>
      <ul class="version-list">
        {versions.map(({ version, createdAt, actor }) => (
          <li key={version}>
            <span>{t('segmentation.versionOf', { number: number(version) })}</span>
            <span class="small subtle">
              {dateTime(createdAt)} <bdi>{actor}</bdi>
            </span>
            {version !== latest?.version && (
              <button
                type="button"
                class="text-button"
                aria-pressed={version === other?.version}
                onClick={() => setChosen(version)}
              >
                {t('segmentation.compare')}
              </button>
            )}
          </li>
        ))}
      </ul>
      {latest !== undefined && other !== undefined && (
        <div class="sides">
          {[other, latest].map((one, side) => {
            const own = partsOf(words, one.rule, naming)
            const against = partsOf(words, (side === 0 ? latest : other).rule, naming)
            return (
              <section
                key={one.version}
                aria-label={t('segmentation.versionOf', { number: number(one.version) })}
              >
                <h3>{t('segmentation.versionOf', { number: number(one.version) })}</h3>
                <p class="small subtle">{own.kind}</p>
                <ul>
                  {own.said.map((text, k) => (
                    <li key={k} class={against.said.includes(text) ? '' : 'only'}>
                      {text}
                      {!against.said.includes(text) && (
                        <span class="small subtle"> {t('segmentation.onlyHere')}</span>
                      )}
                    </li>
                  ))}
                </ul>
              </section>
            )
          })}
        </div>
      )}
    </>
  )
}

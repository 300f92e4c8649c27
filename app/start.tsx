import 'virtual:zaf-sdk'
import { render, type VNode } from 'preact'
import { makeApi, waitFor } from './api.ts'
import { readBoot } from './boot.ts'
import { loadWords } from './i18n.ts'
import { Page, Spoken } from './Page.tsx'
import type { Surroundings } from './surroundings.ts'
import { Empty } from './ui/Empty.tsx'
import { connectZaf, schemeOf, type Zaf } from './zaf.ts'
import './ui/tokens.css'
import './ui/base.css'

/** Longest wait for the help desk to say the agent's language, in ms. */
const patience = 1_500

/**
 * Opens a page: the colour scheme and the skeleton at once, then session, help desk and words, then the page.
 * What is missing is told in the page's place.
 */
export async function startApp(options: {
  skeleton: VNode
  page: () => VNode
  /** The words of the tab's pages are needed. */
  withPages: boolean
}): Promise<void> {
  const root = document.getElementById('app')
  if (root === null) throw new Error('The page has no place for the app.')
  const url = new URL(location.href)
  setScheme(schemeOf(url.searchParams.get('colorScheme')) ?? 'light')
  render(options.skeleton, root)

  const boot = readBoot(document)
  const zaf = connectZaf(globalThis.ZAFClient)
  if (zaf !== null) followScheme(zaf)
  const locale = url.searchParams.get('locale') ?? (await localeOf(zaf)) ?? navigator.language
  const words = await loadWords(locale, boot?.account.timeZone ?? 'UTC', options.withPages)
  document.documentElement.lang = words.locale
  document.documentElement.dir = words.direction

  if (boot === null || zaf === null) {
    const problem = zaf === null ? 'noHelpDesk' : 'noSession'
    render(
      <Spoken words={words}>
        <main>
          <Empty icon="warning" tone="amber" title={words.t(`start.${problem}.title`)}>
            <p class="subtle">{words.t(`start.${problem}.text`)}</p>
          </Empty>
        </main>
      </Spoken>,
      root,
    )
    return
  }
  const around: Surroundings = {
    api: makeApi({
      fetch: (...args) => fetch(...args),
      token: boot.token,
      wait: waitFor,
      isOnline: () => navigator.onLine,
    }),
    zaf,
    account: boot.account,
    location: boot.location,
    role: boot.user.role,
    now: () => Date.now(),
  }
  render(
    <Page around={around} answers={new Map()} words={words}>
      {options.page()}
    </Page>,
    root,
  )
}

async function localeOf(zaf: Zaf | null): Promise<string | null> {
  if (zaf === null) return null
  const unanswered = waitFor(patience).then(() => null)
  return Promise.race([zaf.locale().catch(() => null), unanswered])
}

function setScheme(scheme: 'light' | 'dark'): void {
  document.documentElement.dataset['scheme'] = scheme
}

function takeScheme(value: unknown): void {
  const scheme = schemeOf(value)
  if (scheme !== null) setScheme(scheme)
}

/** The address says the scheme of the first paint; the help desk says when it changes. */
function followScheme(zaf: Zaf): void {
  zaf.on('colorScheme.changed', takeScheme)
  zaf.scheme().then(takeScheme, () => {
    // An older help desk has no scheme to tell.
  })
}

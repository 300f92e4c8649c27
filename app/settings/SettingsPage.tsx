import { useSurroundings } from '../surroundings.ts'
import { Empty } from '../ui/Empty.tsx'
import { Failed } from '../ui/Failed.tsx'
import { Section } from '../ui/Section.tsx'
import { useWords } from '../words.ts'
import { useGet } from '../use-get.ts'
import { AccountForm } from './AccountForm.tsx'
import { Erase } from './Erase.tsx'
import { HelpDesk } from './HelpDesk.tsx'
import { Keys } from './Keys.tsx'
import { Permissions } from './Permissions.tsx'
import { Privacy } from './Privacy.tsx'
import { Push } from './push/Push.tsx'
import type { AccountSettings } from './shapes.ts'
import { WorkingHours } from './WorkingHours.tsx'
import '../ui/dialog.css'
import '../ui/forms.css'
import '../ui/select.css'
import './settings.css'

/** What an admin sets up; everybody else is told whom to ask. */
export function SettingsPage() {
  const { t } = useWords()
  const { role } = useSurroundings()
  if (role !== 'admin') {
    return (
      <div class="settings">
        <Empty icon="lock" title={t('settings.forbidden.title')}>
          <p class="subtle">{t('settings.forbidden.text')}</p>
        </Empty>
      </div>
    )
  }
  return (
    <div class="settings">
      <h1>{t('page.settings')}</h1>
      <Section name="help-desk" title={t('settings.desk')}>
        <HelpDesk />
      </Section>
      <Section name="push" title={t('push.title')}>
        <Push />
      </Section>
      <AccountSections />
      <Section name="hours" title={t('settings.hours')}>
        <WorkingHours />
      </Section>
      <Section name="permissions" title={t('settings.permissions')}>
        <Permissions />
      </Section>
      <Section name="keys" title={t('settings.keys')}>
        <Keys />
      </Section>
      <Section name="erase" title={t('settings.erase')}>
        <Erase />
      </Section>
    </div>
  )
}

/** What the account itself says; each part is saved by itself. */
function AccountSections() {
  const { t } = useWords()
  const { data, error, ask } = useGet<AccountSettings>('/account', {})
  if (data === undefined) {
    return error === null ? (
      <div class="settings-bone bones" aria-hidden="true" />
    ) : (
      <Failed error={error} retry={ask} level={2} />
    )
  }
  // A form begins anew when its own part was saved, and only then: what is typed in another one stays.
  const { keepText, assistedSentiment, retention, ...own } = data
  return (
    <>
      <Section name="account" title={t('settings.account')}>
        <AccountForm key={JSON.stringify(own)} account={data} saved={ask} />
      </Section>
      <Section name="privacy" title={t('settings.privacy')}>
        <Privacy
          key={JSON.stringify([keepText, assistedSentiment, retention])}
          account={data}
          saved={ask}
        />
      </Section>
    </>
  )
}

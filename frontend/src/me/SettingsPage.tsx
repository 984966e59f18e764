import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useId } from 'react'
import { answerOf, api, client } from '../api/client'
import { meQuery, useMe } from '../api/me'
import type { FeedPreferences } from '../api/types'
import { genresQuery } from '../catalog/queries'
import { type Language, setLanguage, useLanguage, useLocalizedText } from '../i18n/language'
import { useMessages } from '../i18n/messages'
import { Button } from '../ui/Button'
import { ErrorState } from '../ui/ErrorState'
import { Field } from '../ui/Field'
import { Icon } from '../ui/Icon'
import { Page } from '../ui/Page'
import { Spinner } from '../ui/Spinner'
import { showToast } from '../ui/Toast'
import { DeleteAll } from './HistoryPage'
import { meMessages } from './messages'
import styles from './SettingsPage.module.css'

const preferencesQuery = api.queryOptions('get', '/api/v1/feed/preferences')

export function SettingsPage() {
  const t = useMessages(meMessages)
  const preferences = useQuery(preferencesQuery)
  return (
    <Page title={t('settings')} narrow>
      <LanguageSetting />
      <NameSetting />
      {preferences.isPending && <Spinner />}
      {preferences.isError && (
        <ErrorState
          error={preferences.error}
          level={2}
          onRetry={() => void preferences.refetch()}
        />
      )}
      {preferences.data && <Recommendation preferences={preferences.data} />}
      <Group title={t('historySetting')} text={t('historySettingText')}>
        <DeleteAll />
      </Group>
    </Page>
  )
}

function Group({ title, text, children }: { title: string; text?: string; children: ReactNode }) {
  const id = useId()
  return (
    <section className={styles.group} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {text && <p className={styles.text}>{text}</p>}
      {children}
    </section>
  )
}

/** An account remembers the language; without one the browser does. */
function LanguageSetting() {
  const t = useMessages(meMessages)
  const language = useLanguage()
  const user = useMe()?.user
  const pick = (next: Language) => {
    setLanguage(next)
    if (user) void client.PATCH('/api/v1/me', { body: { language: next } }).catch(() => {})
  }
  return (
    <Group title={t('language')} text={t('languageText')}>
      <div className={styles.picks}>
        <button
          type="button"
          lang="zh-Hans"
          aria-pressed={language === 'zh'}
          onClick={() => pick('zh')}
        >
          {t('chinese')}
        </button>
        <button type="button" lang="en" aria-pressed={language === 'en'} onClick={() => pick('en')}>
          {t('english')}
        </button>
      </div>
    </Group>
  )
}

function NameSetting() {
  const t = useMessages(meMessages)
  const queryClient = useQueryClient()
  const user = useMe()?.user
  const save = useMutation({
    mutationFn: (display_name: string) => client.PATCH('/api/v1/me', { body: { display_name } }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: meQuery.queryKey })
      showToast(t('saved'))
    },
  })
  if (!user) return null
  return (
    <section className={styles.group}>
      {user.name_notice && (
        <p role="alert" className={styles.notice}>
          {t('nameTaken', { name: user.name_notice.name, reason: user.name_notice.reason })}
        </p>
      )}
      <form
        key={user.display_name}
        className={styles.name}
        onSubmit={(event) => {
          event.preventDefault()
          save.mutate(String(new FormData(event.currentTarget).get('display_name') ?? '').trim())
        }}
      >
        <Field
          label={t('name')}
          name="display_name"
          defaultValue={user.display_name}
          required
          maxLength={40}
          error={save.error?.message}
        />
        <Button type="submit" look="line" disabled={save.isPending}>
          {t('save')}
        </Button>
      </form>
    </section>
  )
}

function Recommendation({ preferences }: { preferences: FeedPreferences }) {
  const t = useMessages(meMessages)
  const localized = useLocalizedText()
  const queryClient = useQueryClient()
  const genres = useQuery(genresQuery)
  const all = genres.data ?? []

  // Shown at once, put back if refused. The feed that was loaded under other settings is dropped.
  const change = useMutation({
    mutationFn: (patch: Partial<FeedPreferences>) =>
      answerOf(client.PATCH('/api/v1/feed/preferences', { body: patch })),
    onMutate: (patch) => {
      const before = queryClient.getQueryData(preferencesQuery.queryKey)
      queryClient.setQueryData<FeedPreferences>(preferencesQuery.queryKey, (now) =>
        now ? { ...now, ...patch } : now,
      )
      return before
    },
    onError: (error, _patch, before) => {
      queryClient.setQueryData(preferencesQuery.queryKey, before)
      showToast(error.message)
    },
    onSuccess: (now) => {
      queryClient.setQueryData(preferencesQuery.queryKey, now)
      queryClient.removeQueries({ queryKey: ['feed'] })
    },
  })
  const forget = useMutation({
    mutationFn: (slug: string) =>
      client.DELETE('/api/v1/feed/preferences/tastes/{slug}', { params: { path: { slug } } }),
    onError: (error) => showToast(error.message),
    onSuccess: () => {
      queryClient.removeQueries({ queryKey: ['feed'] })
      return queryClient.invalidateQueries({ queryKey: preferencesQuery.queryKey })
    },
  })
  const { recommendations, personalised, tastes, muted_genres: muted } = preferences

  return (
    <>
      <Group title={t('recommend')}>
        <Switch
          label={t('recommendOn')}
          text={t('recommendText')}
          on={recommendations}
          onChange={(on) => change.mutate({ recommendations: on })}
        />
        <Switch
          label={t('personal')}
          text={t('personalText')}
          on={personalised && recommendations}
          disabled={!recommendations}
          onChange={(on) => change.mutate({ personalised: on })}
        />
      </Group>
      <Group title={t('tastes')} text={t('tastesText')}>
        {tastes.length === 0 && <p>{t('tastesNone')}</p>}
        <ul className={styles.tastes}>
          {tastes.map((taste) => (
            <li key={taste.slug}>
              <span className={styles.taste}>{localized(taste.name)}</span>
              <span className={styles.weight} aria-hidden="true">
                <span
                  style={{ transform: `scaleX(${Math.min(1, Math.max(0.04, taste.weight))})` }}
                />
              </span>
              <button type="button" onClick={() => forget.mutate(taste.slug)}>
                <Icon name="close" size={18} />
                <span className="unseen">{t('tasteDelete', { name: localized(taste.name) })}</span>
              </button>
            </li>
          ))}
        </ul>
      </Group>
      <Group title={t('muted')} text={t('mutedText')}>
        <div className={styles.picks}>
          {all.map((genre) => {
            const on = muted.includes(genre.slug)
            return (
              <button
                key={genre.slug}
                type="button"
                aria-pressed={on}
                onClick={() =>
                  change.mutate({
                    muted_genres: on
                      ? muted.filter((slug) => slug !== genre.slug)
                      : [...muted, genre.slug],
                  })
                }
              >
                {localized(genre.name)}
              </button>
            )
          })}
        </div>
      </Group>
    </>
  )
}

function Switch({
  label,
  text,
  on,
  disabled,
  onChange,
}: {
  label: string
  text: string
  on: boolean
  disabled?: boolean
  onChange: (on: boolean) => void
}) {
  const id = useId()
  return (
    <div className={styles.switchRow}>
      <div>
        <p id={id}>{label}</p>
        <p id={`${id}-text`} className={styles.text}>
          {text}
        </p>
      </div>
      <button
        type="button"
        role="switch"
        aria-checked={on}
        aria-labelledby={id}
        aria-describedby={`${id}-text`}
        disabled={disabled}
        className={styles.switch}
        onClick={() => onChange(!on)}
      />
    </div>
  )
}

import { useQueryClient } from '@tanstack/react-query'
import { type CSSProperties, useEffect, useId, useRef, useState } from 'react'
import { client } from '../api/client'
import type { Danmaku } from '../api/types'
import { useFormat } from '../i18n/format'
import { useMessages } from '../i18n/messages'
import type { VideoPlayer } from '../player/VideoPlayer'
import { Icon } from '../ui/Icon'
import styles from './DanmakuBar.module.css'
import { setDanmakuOn, useDanmakuOn } from './danmakuPreference'
import { speechMessages } from './messages'
import { CharactersLeft, SubmitError } from './TextFieldNotes'
import { upsertDanmaku } from './useDanmaku'
import { useTextDraft } from './useTextDraft'

const MAX_LENGTH = 40

/** A line to say over the picture at the present moment, and the switch of all danmaku. */
export function DanmakuBar({
  episodeId,
  player,
  onClose,
}: {
  episodeId: string
  player: VideoPlayer | null
  onClose: () => void
}) {
  const t = useMessages(speechMessages)
  const format = useFormat()
  const queryClient = useQueryClient()
  const isEnabled = useDanmakuOn()
  const id = useId()
  const bar = useRef<HTMLFormElement>(null)
  const keyboardHeight = useKeyboardHeight()
  const [confirmation, setConfirmation] = useState('')
  const draft = useTextDraft<{ position_ms: number }, Danmaku>({
    key: `danmaku ${episodeId}`,
    send: (body) =>
      client.POST('/api/v1/episodes/{episode_id}/danmaku', {
        params: { path: { episode_id: episodeId } },
        body,
      }),
    onSent: (danmaku) => {
      upsertDanmaku(queryClient, episodeId, danmaku)
      setConfirmation(t('sayAt', { time: format.clock(danmaku.position_ms) }))
      bar.current?.querySelector('input')?.focus()
    },
  })
  const left = MAX_LENGTH - [...draft.text].length
  const canSend = draft.text.trim() !== '' && left >= 0 && !draft.sending

  useEffect(() => bar.current?.querySelector('input')?.focus(), [])
  return (
    <form
      ref={bar}
      className={styles.bar}
      style={{ '--keyboard': `${keyboardHeight}px` } as CSSProperties}
      aria-label={t('sayNow')}
      onSubmit={(event) => {
        event.preventDefault()
        if (!canSend) return
        setConfirmation('')
        if (!isEnabled) setDanmakuOn(true)
        draft.send({ position_ms: Math.min(player?.positionMs ?? 0, player?.durationMs ?? 0) })
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
      }}
    >
      <div className={styles.row}>
        <button
          type="button"
          className={styles.switch}
          aria-pressed={isEnabled}
          onClick={() => setDanmakuOn(!isEnabled)}
          title={t(isEnabled ? 'turnOff' : 'turnOn')}
        >
          <Icon name="slips" size={22} />
          <span className="unseen">{t('danmaku')}</span>
        </button>
        <div className={styles.field}>
          <label className="unseen" htmlFor={id}>
            {t('sayNow')}
          </label>
          <input
            id={id}
            value={draft.text}
            placeholder={t('saySomething')}
            enterKeyHint="send"
            autoComplete="off"
            aria-invalid={left < 0 || undefined}
            onChange={(event) => {
              setConfirmation('')
              draft.setText(event.currentTarget.value)
            }}
          />
          <CharactersLeft left={left} from={10} />
        </div>
        <button type="submit" className={styles.send} disabled={!canSend}>
          {t('send')}
        </button>
        <button type="button" className={styles.close} onClick={onClose}>
          <Icon name="close" size={20} />
          <span className="unseen">{t('cancel')}</span>
        </button>
      </div>
      <SubmitError error={draft.error} />
      <p className={styles.note} role="status">
        {confirmation || (!draft.error && t('ruleNote'))}
      </p>
    </form>
  )
}

/** Height of a phone's keyboard in px where the browser does not shrink the page itself. */
function useKeyboardHeight(): number {
  const [height, setHeight] = useState(0)
  useEffect(() => {
    const view = window.visualViewport
    if (!view) return
    const measure = () =>
      setHeight(Math.max(0, Math.round(window.innerHeight - view.height - view.offsetTop)))
    measure()
    view.addEventListener('resize', measure)
    view.addEventListener('scroll', measure)
    return () => {
      view.removeEventListener('resize', measure)
      view.removeEventListener('scroll', measure)
    }
  }, [])
  return height
}

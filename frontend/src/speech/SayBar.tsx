import { useQueryClient } from '@tanstack/react-query'
import { type CSSProperties, useEffect, useId, useRef, useState } from 'react'
import type { Danmaku } from '../api/types'
import { useFormat } from '../i18n/format'
import { useMessages } from '../i18n/messages'
import type { Film } from '../player/film'
import { Icon } from '../ui/Icon'
import { Left, Refused } from './Field'
import { speechMessages } from './messages'
import { setDanmakuOn, useDanmakuOn } from './preference'
import styles from './SayBar.module.css'
import { putDanmaku } from './useDanmaku'
import { useSay } from './useSay'

const MOST = 40

/** A line to say over the picture at the present moment, and the switch of all danmaku. */
export function SayBar({
  episodeId,
  film,
  onClose,
}: {
  episodeId: string
  film: Film | null
  onClose: () => void
}) {
  const t = useMessages(speechMessages)
  const format = useFormat()
  const client = useQueryClient()
  const on = useDanmakuOn()
  const id = useId()
  const bar = useRef<HTMLFormElement>(null)
  const keyboard = useKeyboardHeight()
  const [said, setSaid] = useState('')
  const saying = useSay<Danmaku>(`/episodes/${episodeId}/danmaku`, 'danmaku', (made) => {
    putDanmaku(client, episodeId, made)
    setSaid(t('sayAt', { time: format.clock(made.position_ms) }))
    bar.current?.querySelector('input')?.focus()
  })
  const left = MOST - [...saying.text].length
  const may = saying.text.trim() !== '' && left >= 0 && !saying.sending

  useEffect(() => bar.current?.querySelector('input')?.focus(), [])
  return (
    <form
      ref={bar}
      className={styles.bar}
      style={{ '--keyboard': `${keyboard}px` } as CSSProperties}
      aria-label={t('sayNow')}
      onSubmit={(event) => {
        event.preventDefault()
        if (!may) return
        setSaid('')
        if (!on) setDanmakuOn(true)
        saying.send({ position_ms: Math.min(film?.positionMs ?? 0, film?.durationMs ?? 0) })
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
      }}
    >
      <div className={styles.row}>
        <button
          type="button"
          className={styles.switch}
          aria-pressed={on}
          onClick={() => setDanmakuOn(!on)}
          title={t(on ? 'turnOff' : 'turnOn')}
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
            value={saying.text}
            placeholder={t('saySomething')}
            enterKeyHint="send"
            autoComplete="off"
            aria-invalid={left < 0 || undefined}
            onChange={(event) => {
              setSaid('')
              saying.setText(event.currentTarget.value)
            }}
          />
          <Left left={left} from={10} />
        </div>
        <button type="submit" className={styles.send} disabled={!may}>
          {t('send')}
        </button>
        <button type="button" className={styles.close} onClick={onClose}>
          <Icon name="close" size={20} />
          <span className="unseen">{t('cancel')}</span>
        </button>
      </div>
      <Refused error={saying.error} />
      <p className={styles.note} role="status">
        {said || (!saying.error && t('ruleNote'))}
      </p>
    </form>
  )
}

/** How much of the page a phone's keyboard covers, where the browser does not make the page smaller itself. */
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

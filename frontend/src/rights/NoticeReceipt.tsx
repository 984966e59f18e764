import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import type { NoticeReceipt as Receipt } from '../api/types'
import { useMessages } from '../i18n/messages'
import { Button, buttonClass } from '../ui/Button'
import { Field } from '../ui/Field'
import { showToast } from '../ui/Toast'
import { rightsMessages } from './messages'
import styles from './Rights.module.css'

/** The number and the secret link of a filed notice. The link is shown here only. */
export function NoticeReceipt({ filed }: { filed: Receipt }) {
  const t = useMessages(rightsMessages)
  const heading = useRef<HTMLHeadingElement>(null)
  const link = `${location.origin}/rights/claims/${filed.secret}`
  useEffect(() => {
    heading.current?.focus()
    scrollTo(0, 0)
  }, [])
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link)
      showToast(t('copied'))
    } catch {
      showToast(t('copyFailed'))
    }
  }
  return (
    <section className={styles.receipt}>
      <h2 ref={heading} tabIndex={-1}>
        {t('done')}
      </h2>
      <p>{t('doneText', { number: filed.number })}</p>
      <Field
        label={t('link')}
        value={link}
        readOnly
        onFocus={(event) => event.currentTarget.select()}
      />
      <div className={styles.actions}>
        <Button onClick={() => void copy()}>{t('copy')}</Button>
        <Link
          to="/rights/claims/$secret"
          params={{ secret: filed.secret }}
          className={buttonClass('line')}
        >
          {t('follow')}
        </Link>
      </div>
    </section>
  )
}

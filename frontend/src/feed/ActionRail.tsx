import type { FeedItem } from '../api/types'
import type { useFavourite, useFollow } from '../catalog/seriesActions'
import { useMessages } from '../i18n/messages'
import { Icon, type IconName } from '../ui/Icon'
import { share } from '../ui/shareLink'
import { showToast } from '../ui/Toast'
import { useWideScreen } from '../ui/useMediaQuery'
import styles from './ActionRail.module.css'
import { feedMessages } from './messages'

interface ActionRailProps {
  item: FeedItem
  favourite: ReturnType<typeof useFavourite>
  follow: ReturnType<typeof useFollow>
  onEpisodes: () => void
  onComments: () => void
  onSay: () => void
  onLess: () => void
  onTurn: { next: () => void; previous?: () => void }
  onFullscreen: () => void
}

/** What one can do with a film: under the thumb on a phone, beside the picture on a wide. */
export function ActionRail({
  item,
  favourite,
  follow,
  onEpisodes,
  onComments,
  onSay,
  onLess,
  onTurn,
  onFullscreen,
}: ActionRailProps) {
  const t = useMessages(feedMessages)
  const wide = useWideScreen()
  const { series } = item
  const { creator } = series

  const onShare = async () => {
    const outcome = await share(series.title, `/series/${series.id}`)
    if (outcome === 'copied') showToast(t('shared'))
    if (outcome === 'failed') showToast(t('shareFailed'))
  }

  return (
    <div className={styles.rail}>
      <button
        type="button"
        className={styles.creator}
        aria-pressed={follow.on}
        onClick={follow.toggle}
      >
        <span className={styles.face} aria-hidden="true">
          {[...creator.display_name][0]}
        </span>
        {wide ? (
          <span>{creator.display_name}</span>
        ) : (
          <span className="unseen">
            {t(follow.on ? 'unfollowName' : 'followName', { name: creator.display_name })}
          </span>
        )}
        <span className={styles.follow} data-on={follow.on || undefined}>
          <Icon name={follow.on ? 'check' : 'plus'} size={14} />
          <span className={styles.followWord}>{t(follow.on ? 'followed' : 'follow')}</span>
        </span>
      </button>
      <Act
        icon="bookmark"
        word={t(favourite.on ? 'favourited' : 'favourite')}
        lit={favourite.on}
        pressed={favourite.on}
        onClick={favourite.toggle}
      />
      <Act
        icon="comment"
        word={
          item.comment_count > 0 ? t('commentsCount', { n: item.comment_count }) : t('comments')
        }
        onClick={onComments}
      />
      <Act icon="slips" word={t('danmaku')} onClick={onSay} />
      {/* Where the foot has no room for the strip of episodes. */}
      <span className={styles.short}>
        <Act icon="list" word={t('episodes')} onClick={onEpisodes} />
      </span>
      <Act icon="share" word={t('share')} onClick={() => void onShare()} />
      <Act icon="less" word={t('less')} onClick={onLess} />
      {wide && <Act icon="expand" word={t('fullscreen')} onClick={onFullscreen} />}
      {wide && (
        <div className={styles.turn}>
          <Act
            icon="up"
            word={t('previous')}
            onClick={() => onTurn.previous?.()}
            disabled={!onTurn.previous}
          />
          <Act icon="down" word={t('next')} onClick={onTurn.next} />
        </div>
      )}
    </div>
  )
}

function Act({
  icon,
  word,
  lit = false,
  pressed,
  disabled,
  onClick,
}: {
  icon: IconName
  word: string
  lit?: boolean
  pressed?: boolean
  disabled?: boolean
  onClick: () => void
}) {
  return (
    <button
      type="button"
      className={styles.act}
      data-lit={lit || undefined}
      aria-pressed={pressed}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon name={icon} size={27} solid={lit} />
      <span>{word}</span>
    </button>
  )
}

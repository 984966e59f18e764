import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, BY_CURSOR, queryKeyOf } from '../api/client'
import type { Comment, Reply } from '../api/types'
import { useMessages } from '../i18n/messages'
import { ErrorState } from '../ui/ErrorState'
import { Spinner } from '../ui/Spinner'
import { CommentForm } from './CommentForm'
import { CommentItem } from './CommentItem'
import styles from './CommentSheet.module.css'
import { speechMessages } from './messages'
import { useModerationUpdates } from './useModerationUpdates'

/** Comments, newest first, with their answers; below them the field for one's own. */
export function CommentList({ episodeId }: { episodeId: string }) {
  const t = useMessages(speechMessages)
  const queryClient = useQueryClient()
  const [replyingTo, setReplyingTo] = useState<Reply | null>(null)
  const init = { params: { path: { episode_id: episodeId } } }
  const comments = api.useInfiniteQuery('get', '/api/v1/episodes/{episode_id}/comments', init, {
    ...BY_CURSOR,
    staleTime: 0,
  })
  const refresh = () => {
    void queryClient.invalidateQueries({
      queryKey: queryKeyOf('/api/v1/episodes/{episode_id}/comments'),
    })
    void queryClient.invalidateQueries({
      queryKey: queryKeyOf('/api/v1/comments/{comment_id}/replies'),
    })
  }
  const listed = comments.data?.pages.flatMap((page) => page.results) ?? []
  const allSpeech: Reply[] = listed.flatMap((comment) => [comment, ...comment.replies])
  useModerationUpdates(
    allSpeech.filter(({ mine }) => mine),
    ({ id, state }) => {
      if (allSpeech.some((speech) => speech.id === id && speech.state !== state)) refresh()
    },
  )

  return (
    <>
      {comments.isPending && <Spinner small />}
      {comments.isError && (
        <ErrorState error={comments.error} level={2} onRetry={() => void comments.refetch()} />
      )}
      {comments.isSuccess && listed.length === 0 && <p className={styles.empty}>{t('empty')}</p>}
      <ul className={styles.list}>
        {listed.map((comment) => (
          <li key={comment.id} className={styles.item} data-state={comment.state}>
            <CommentItem
              comment={comment}
              onChanged={refresh}
              onReply={() => setReplyingTo(comment)}
            />
            <Replies comment={comment} onChanged={refresh} onReply={setReplyingTo} />
          </li>
        ))}
      </ul>
      {comments.hasNextPage && (
        <button
          type="button"
          className={styles.more}
          disabled={comments.isFetchingNextPage}
          onClick={() => void comments.fetchNextPage()}
        >
          {t('more')}
        </button>
      )}
      {/* A list that could not be read anew takes nobody's words away. */}
      {(comments.data || !comments.isError) && (
        <CommentForm
          episodeId={episodeId}
          replyingTo={replyingTo}
          onReplyEnded={() => setReplyingTo(null)}
          onPosted={refresh}
        />
      )}
    </>
  )
}

/** The first answers come with their comment; the rest are asked for. */
function Replies({
  comment,
  onChanged,
  onReply,
}: {
  comment: Comment
  onChanged: () => void
  onReply: (reply: Reply) => void
}) {
  const t = useMessages(speechMessages)
  const [open, setOpen] = useState(false)
  const moreReplies = api.useInfiniteQuery(
    'get',
    '/api/v1/comments/{comment_id}/replies',
    { params: { path: { comment_id: comment.id } } },
    { ...BY_CURSOR, enabled: open },
  )
  const shown = moreReplies.data?.pages.flatMap((page) => page.results) ?? comment.replies
  const hiddenCount = comment.reply_count - shown.length
  if (shown.length === 0) return null
  return (
    <div className={styles.replies}>
      <ul>
        {shown.map((reply) => (
          <li key={reply.id} className={styles.item} data-state={reply.state}>
            <CommentItem comment={reply} onChanged={onChanged} onReply={() => onReply(reply)} />
          </li>
        ))}
      </ul>
      {(moreReplies.hasNextPage || hiddenCount > 0) && (
        <button
          type="button"
          className={styles.more}
          disabled={moreReplies.isFetching}
          onClick={() => (open ? void moreReplies.fetchNextPage() : setOpen(true))}
        >
          {hiddenCount > 0 ? t('moreAnswers', { n: hiddenCount }) : t('more')}
        </button>
      )}
    </div>
  )
}

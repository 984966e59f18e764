import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Comment, CommentPage, Page, Reply } from '../api/types'
import { untyped as api } from '../api/untyped'
import { useMessages } from '../i18n/messages'
import { Failed, Lamp } from '../ui/State'
import styles from './CommentSheet.module.css'
import { speechMessages } from './messages'
import { Remark } from './Remark'
import { useSaid } from './useSaid'
import { WriteComment } from './WriteComment'

export const commentsKey = (episodeId: string) => ['comments', episodeId]

/** Comments, newest first, with their answers; below them the field for one's own. */
export function CommentList({ episodeId }: { episodeId: string }) {
  const t = useMessages(speechMessages)
  const client = useQueryClient()
  const queryKey = commentsKey(episodeId)
  const [answering, setAnswering] = useState<Reply | null>(null)
  const comments = useInfiniteQuery({
    queryKey,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      api.get<CommentPage>(`/episodes/${episodeId}/comments`, { cursor: pageParam }, signal),
    getNextPageParam: (page) => page.next_cursor,
    staleTime: 0,
  })
  const refresh = () => {
    void client.invalidateQueries({ queryKey })
    void client.invalidateQueries({ queryKey: ['replies'] })
  }
  const found = comments.data?.pages.flatMap((page) => page.results) ?? []
  const all: Reply[] = found.flatMap((one) => [one, ...one.replies])
  useSaid(
    all.filter((one) => one.mine),
    ({ id, state }) => {
      if (all.some((one) => one.id === id && one.state !== state)) refresh()
    },
  )

  return (
    <>
      {comments.isPending && <Lamp small />}
      {comments.isError && (
        <Failed error={comments.error} level={2} onRetry={() => void comments.refetch()} />
      )}
      {comments.isSuccess && found.length === 0 && <p className={styles.empty}>{t('empty')}</p>}
      <ul className={styles.list}>
        {found.map((comment) => (
          <li key={comment.id} className={styles.remark} data-state={comment.state}>
            <Remark remark={comment} onChanged={refresh} onAnswer={() => setAnswering(comment)} />
            <Replies comment={comment} onChanged={refresh} onAnswer={setAnswering} />
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
        <WriteComment
          episodeId={episodeId}
          answering={answering}
          onAnswered={() => setAnswering(null)}
          onSaid={refresh}
        />
      )}
    </>
  )
}

/** The first answers come with their comment; the rest are asked for. */
function Replies({
  comment,
  onChanged,
  onAnswer,
}: {
  comment: Comment
  onChanged: () => void
  onAnswer: (reply: Reply) => void
}) {
  const t = useMessages(speechMessages)
  const [open, setOpen] = useState(false)
  const rest = useInfiniteQuery({
    queryKey: ['replies', comment.id],
    enabled: open,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<Reply>>(`/comments/${comment.id}/replies`, { cursor: pageParam }, signal),
    getNextPageParam: (page) => page.next_cursor,
  })
  const shown = rest.data?.pages.flatMap((page) => page.results) ?? comment.replies
  const more = comment.reply_count - shown.length
  if (shown.length === 0) return null
  return (
    <div className={styles.replies}>
      <ul>
        {shown.map((reply) => (
          <li key={reply.id} className={styles.remark} data-state={reply.state}>
            <Remark remark={reply} onChanged={onChanged} onAnswer={() => onAnswer(reply)} />
          </li>
        ))}
      </ul>
      {(rest.hasNextPage || more > 0) && (
        <button
          type="button"
          className={styles.more}
          disabled={rest.isFetching}
          onClick={() => (open ? void rest.fetchNextPage() : setOpen(true))}
        >
          {more > 0 ? t('moreAnswers', { n: more }) : t('more')}
        </button>
      )}
    </div>
  )
}

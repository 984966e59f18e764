/** The upload of one episode as a page shows it, through every way it may go. */

import { useCallback, useEffect, useRef, useState } from 'react'
import type { Upload as TusUpload } from 'tus-js-client'
import { answerOf, client } from '../../../api/client'
import { Problem } from '../../../api/problem'
import {
  forgetUpload,
  listUnfinishedUploads,
  sendFile,
  type UnfinishedUpload,
  waitForExamination,
} from './uploads'

export type UploadState =
  | { phase: 'looking' | 'idle' }
  /** Begun before in this browser; the file is wanted again. */
  | { phase: 'begun'; unfinished: UnfinishedUpload; sent: number }
  | { phase: 'sending' | 'paused' | 'checking'; filename: string; sent: number; total: number }
  | { phase: 'stopped'; filename: string; problem: Problem }
  | { phase: 'ready'; uploadId: string; filename: string }

/** Nothing of these is left to go on with. */
const FINAL_STATUSES = new Set([400, 403, 404, 410, 413, 415, 422])

export function useUpload(episodeId: string) {
  const [state, setState] = useState<UploadState>({ phase: 'looking' })
  const activeUpload = useRef<TusUpload | null>(null)
  /** The upload whose examination is waited for. */
  const examined = useRef('')

  const waitForExaminationOf = useCallback(
    async (uploadId: string, filename: string) => {
      examined.current = uploadId
      const isWanted = () => examined.current === uploadId
      try {
        await waitForExamination(uploadId, isWanted)
        if (isWanted()) setState({ phase: 'ready', uploadId, filename })
      } catch (error) {
        if (!isWanted() || !(error instanceof Problem)) return
        setState({ phase: 'stopped', filename, problem: error })
        if (FINAL_STATUSES.has(error.status)) {
          for (const stored of await listUnfinishedUploads(episodeId))
            await forgetUpload(stored.key)
        }
      }
    },
    [episodeId],
  )

  const findUnfinished = useCallback(async () => {
    for (const unfinished of await listUnfinishedUploads(episodeId)) {
      const found = await answerOf(
        client.GET('/api/v1/uploads/{upload_id}', {
          params: { path: { upload_id: unfinished.id } },
        }),
      ).catch(() => null)
      if (found?.state === 'accepted') {
        setState({ phase: 'ready', uploadId: unfinished.id, filename: unfinished.filename })
        return
      }
      if (found?.state === 'received') {
        const { filename, size } = unfinished
        setState({ phase: 'checking', filename, sent: size, total: size })
        void waitForExaminationOf(unfinished.id, filename)
        return
      }
      if (found?.state === 'receiving') {
        setState({ phase: 'begun', unfinished, sent: found.offset })
        return
      }
      await forgetUpload(unfinished.key)
    }
    setState({ phase: 'idle' })
  }, [episodeId, waitForExaminationOf])

  useEffect(() => {
    void findUnfinished()
    return () => {
      examined.current = ''
      void activeUpload.current?.abort().catch(() => {})
    }
  }, [findUnfinished])

  const forgetAll = useCallback(async () => {
    for (const unfinished of await listUnfinishedUploads(episodeId))
      await forgetUpload(unfinished.key)
  }, [episodeId])

  const send = useCallback(
    async (file: File) => {
      const filename = file.name
      setState({ phase: 'sending', filename, sent: 0, total: file.size })
      activeUpload.current = await sendFile(episodeId, file, {
        onProgress: (sent, total) =>
          setState((before) =>
            before.phase === 'paused'
              ? before
              : { phase: sent < total ? 'sending' : 'checking', filename, sent, total },
          ),
        onFinished: (uploadId) => void waitForExaminationOf(uploadId, filename),
        onStopped: (problem) => {
          if (FINAL_STATUSES.has(problem.status)) void forgetAll()
          setState({ phase: 'stopped', filename, problem })
        },
      })
    },
    [episodeId, forgetAll, waitForExaminationOf],
  )

  return {
    state,
    send,
    /** Whether a stopped upload can go on from where it is. */
    canResume: state.phase === 'stopped' && !FINAL_STATUSES.has(state.problem.status),
    pause: () => {
      void activeUpload.current?.abort()
      setState((before) => (before.phase === 'sending' ? { ...before, phase: 'paused' } : before))
    },
    resume: () => {
      const filename = 'filename' in state ? state.filename : ''
      setState((before) =>
        'sent' in before && 'total' in before
          ? { ...before, phase: 'sending' }
          : { phase: 'sending', filename, sent: 0, total: 1 },
      )
      activeUpload.current?.start()
    },
    /** Ends it here and on the server. */
    discard: async () => {
      examined.current = ''
      await activeUpload.current?.abort().catch(() => {})
      for (const unfinished of await listUnfinishedUploads(episodeId)) {
        await deleteFromServer(unfinished.id)
        await forgetUpload(unfinished.key)
      }
      activeUpload.current = null
      setState({ phase: 'idle' })
    },
    /** After the Cut was made of it. */
    clear: async () => {
      await forgetAll()
      setState({ phase: 'idle' })
    },
  }
}

async function deleteFromServer(id: string): Promise<void> {
  await client
    .DELETE('/api/v1/uploads/{upload_id}', {
      params: { path: { upload_id: id }, header: { 'Tus-Resumable': '1.0.0' } },
    })
    .catch((error: unknown) => {
      if (!(error instanceof Problem)) throw error
    })
}

/** The upload of one episode as a page shows it, through every way it may go. */
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Upload as TusUpload } from 'tus-js-client'
import { Problem } from '../../../api/problem'
import { untyped as api, request } from '../../../api/untyped'
import type { Upload } from '../../types'
import { type Begun, begunUploads, forgetUpload, sendFile } from './uploads'

export type UploadState =
  | { phase: 'looking' | 'idle' }
  /** Begun before in this browser; the file is wanted again. */
  | { phase: 'begun'; begun: Begun; sent: number }
  | { phase: 'sending' | 'paused' | 'checking'; filename: string; sent: number; total: number }
  | { phase: 'stopped'; filename: string; problem: Problem }
  | { phase: 'ready'; uploadId: string; filename: string }

/** Nothing of these is left to go on with. */
const HOPELESS = new Set([400, 403, 404, 410, 413, 415, 422])

export function useUpload(episodeId: string) {
  const [state, setState] = useState<UploadState>({ phase: 'looking' })
  const running = useRef<TusUpload | null>(null)

  const look = useCallback(async () => {
    for (const begun of await begunUploads(episodeId)) {
      const found = await api.get<Upload>(`/uploads/${begun.id}`).catch(() => null)
      if (found?.state === 'accepted') {
        setState({ phase: 'ready', uploadId: begun.id, filename: begun.filename })
        return
      }
      if (found?.state === 'receiving' || found?.state === 'received') {
        setState({ phase: 'begun', begun, sent: found.offset })
        return
      }
      await forgetUpload(begun.key)
    }
    setState({ phase: 'idle' })
  }, [episodeId])

  useEffect(() => {
    void look()
    return () => void running.current?.abort().catch(() => {})
  }, [look])

  const forget = useCallback(async () => {
    for (const begun of await begunUploads(episodeId)) await forgetUpload(begun.key)
  }, [episodeId])

  const send = useCallback(
    async (file: File) => {
      const filename = file.name
      setState({ phase: 'sending', filename, sent: 0, total: file.size })
      running.current = await sendFile(episodeId, file, {
        onProgress: (sent, total) =>
          setState((before) =>
            before.phase === 'paused'
              ? before
              : { phase: sent < total ? 'sending' : 'checking', filename, sent, total },
          ),
        onFinished: (uploadId) => setState({ phase: 'ready', uploadId, filename }),
        onStopped: (problem) => {
          if (HOPELESS.has(problem.status)) void forget()
          setState({ phase: 'stopped', filename, problem })
        },
      })
    },
    [episodeId, forget],
  )

  return {
    state,
    send,
    /** Whether a stopped upload can go on from where it is. */
    canGoOn: state.phase === 'stopped' && !HOPELESS.has(state.problem.status),
    pause: () => {
      void running.current?.abort()
      setState((before) => (before.phase === 'sending' ? { ...before, phase: 'paused' } : before))
    },
    resume: () => {
      const filename = 'filename' in state ? state.filename : ''
      setState((before) =>
        'sent' in before && 'total' in before
          ? { ...before, phase: 'sending' }
          : { phase: 'sending', filename, sent: 0, total: 1 },
      )
      running.current?.start()
    },
    /** Ends it here and on the server. */
    discard: async () => {
      await running.current?.abort().catch(() => {})
      for (const begun of await begunUploads(episodeId)) {
        await removeFromServer(begun.id)
        await forgetUpload(begun.key)
      }
      running.current = null
      setState({ phase: 'idle' })
    },
    /** After the Cut was made of it. */
    done: async () => {
      await forget()
      setState({ phase: 'idle' })
    },
  }
}

async function removeFromServer(id: string): Promise<void> {
  await request('delete', `/uploads/${id}`, { headers: { 'Tus-Resumable': '1.0.0' } }).catch(
    (error: unknown) => {
      if (!(error instanceof Problem)) throw error
    },
  )
}

import { api } from '../../api/client'

export const writingRoomQuery = (seriesId: string) =>
  api.queryOptions(
    'get',
    '/api/v1/series/{series_id}/writing',
    { params: { path: { series_id: seriesId } } },
    // Whoever was removed from the room keeps what is on the page.
    { retry: false },
  )

/** The parameters of requests on the saved versions of a room. */
export const roomParams = (roomId: string) => ({ params: { path: { room_id: roomId } } })

export const versionListKey = (roomId: string) =>
  api.queryOptions('get', '/api/v1/writing/{room_id}/versions', roomParams(roomId)).queryKey

// Old names, until their last users have moved.
export { useRealtimeRoom as useRoom } from './realtimeRoom'

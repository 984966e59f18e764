import { type RefObject, useEffect, useState } from 'react'

export const SPEEDS = [0.5, 0.75, 1, 1.5, 2]

/** How fast the preview plays. */
export function usePlaybackSpeed(videoRef: RefObject<HTMLVideoElement | null>) {
  const [speed, setSpeed] = useState(1)
  useEffect(() => {
    if (videoRef.current) videoRef.current.playbackRate = speed
  }, [speed, videoRef])
  const changeSpeed = (step: 1 | -1) =>
    setSpeed((current) => SPEEDS[SPEEDS.indexOf(current) + step] ?? current)
  return { speed, setSpeed, changeSpeed }
}

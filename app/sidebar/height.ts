import { type RefObject } from 'preact'
import { useEffect } from 'preact/hooks'
import { useSurroundings } from '../surroundings.ts'

/** A hidden panel measures next to nothing; what is lower than this is no content. */
const least = 20
/** Beyond this the panel scrolls inside, so that other apps stay in reach. */
export const most = 2_000

/** The height to ask for, or null when the measured one (CSS px) changes nothing. */
export function nextHeight(current: number, measured: number): number | null {
  const wanted = Math.min(Math.ceil(measured), most)
  return measured < least || Math.abs(wanted - current) < 2 ? null : wanted
}

/**
 * Lets the frame follow the content's height. The content's height never depends on the frame's, so one change
 * asks once.
 */
export function useHeight(content: RefObject<HTMLElement | null>): void {
  const { zaf } = useSurroundings()
  useEffect(() => {
    const element = content.current
    if (element === null) return undefined
    let current = 0
    const follow = () => {
      const next = nextHeight(current, element.getBoundingClientRect().height)
      if (next === null) return
      current = next
      zaf.resize(next)
    }
    const observer = new ResizeObserver(() => requestAnimationFrame(follow))
    observer.observe(element)
    const end = zaf.on('app.activated', () => requestAnimationFrame(follow))
    return () => {
      observer.disconnect()
      end()
    }
  }, [content, zaf])
}

import { type ReactNode, useEffect, useRef } from 'react'
import { useWords } from '../words'

let first = true

/** A page with its name: in the window's title too, and where a screen reader goes on after a link. */
export function Page({ title, lead, children }: { title: string; lead?: ReactNode; children: ReactNode }) {
  const words = useWords()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => { document.title = title === words.app ? title : `${title} · ${words.app}` }, [title, words])
  useEffect(() => {
    if (!first) {
      scrollTo(0, 0)
      heading.current?.focus({ preventScroll: true })
    }
    first = false
  }, [])
  return (
    <>
      <div className="headline">
        <h1 ref={heading} tabIndex={-1}>{title}</h1>
        {lead && <div className="lead">{lead}</div>}
      </div>
      {children}
    </>
  )
}

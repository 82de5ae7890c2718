import { useWords } from '../words'

interface Place { hasNextPage: boolean; endCursor?: string | null | undefined }

/** The button at the end of the last page of a list that goes on. */
export function More({ after, last, onMore }: { after: Place | undefined; last: boolean; onMore: (cursor: string) => void }) {
  const words = useWords()
  const cursor = after?.hasNextPage ? after.endCursor : null
  if (!last || !cursor) return null
  return <button type="button" className="more" onClick={() => onMore(cursor)}>{words.more}</button>
}

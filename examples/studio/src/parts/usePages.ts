import { useState } from 'react'

/** The cursors of the pages shown of a connection, the first without; another list begins anew. */
export function usePages(list: string) {
  const [shown, setShown] = useState<{ list: string; cursors: (string | null)[] }>({ list, cursors: [null] })
  const cursors = shown.list === list ? shown.cursors : [null]
  const more = (cursor: string) => setShown({ list, cursors: [...cursors, cursor] })
  return { cursors, more }
}

import type { ReactNode } from 'react'
import { signedIn, signIn } from '../gateway/session'
import type { Role } from '../gql/graphql'
import { useWords } from '../words'
import { Answer } from './Answer'
import { Page } from './Page'
import { useWho } from './useViewer'

/** A page for people of one role; for others whom it is for, and the way in for who has not signed in. */
export function Gate({ title, role, forWhom, children }: { title: string; role: Role; forWhom: string; children: ReactNode }) {
  const words = useWords()
  const asked = useWho()
  const outside = (
    <Page title={title} lead={<p>{forWhom}</p>}>
      {!signedIn() && <button type="button" className="firm" onClick={() => void signIn()}>{words.signIn}</button>}
    </Page>
  )
  if (!signedIn()) return outside
  return <Answer of={asked}>{({ viewer }) => (viewer?.roles?.includes(role) ? children : outside)}</Answer>
}

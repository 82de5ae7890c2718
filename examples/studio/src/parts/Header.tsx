import { useQuery } from 'urql'
import { Link, useRoute } from 'wouter'
import { signIn, signedIn, signOut } from '../gateway/session'
import { graphql } from '../gql'
import { useWords } from '../words'

const WHO = graphql(`query Who { viewer { id displayName } }`)

export function Header({ onLanguage }: { onLanguage: () => void }) {
  const words = useWords()
  const known = signedIn()
  const [{ data }] = useQuery({ query: WHO, pause: !known })
  return (
    <header className="top">
      <div className="top-inner">
        <Link href="/" className="brand">
          <img src="/mark.svg" alt="" width="28" height="28" />
          <span>{words.app}</span>
          <small>{words.motto}</small>
        </Link>
        <nav aria-label={words.nav}>
          <To href="/">{words.directory}</To>
          <To href="/cockpit">{words.cockpit}</To>
        </nav>
        <div className="who">
          <button type="button" className="quiet" lang={words.other === 'English' ? 'en' : 'zh-CN'} onClick={onLanguage}>{words.other}</button>
          {known && <span className="person">{data?.viewer?.displayName}</span>}
          {known
            ? <button type="button" className="quiet" onClick={() => void signOut()}>{words.signOut}</button>
            : <button type="button" className="firm" onClick={() => void signIn()}>{words.signIn}</button>}
        </div>
      </div>
    </header>
  )
}

function To({ href, children }: { href: string; children: string }) {
  const [here] = useRoute(href)
  return <Link href={href} aria-current={here ? 'page' : undefined}>{children}</Link>
}

import { Link, useRoute } from 'wouter'
import { signIn, signedIn, signOut } from '../gateway/session'
import { useWords } from '../words'
import { useViewer } from './useViewer'

export function Header({ onLanguage }: { onLanguage: () => void }) {
  const words = useWords()
  const known = signedIn()
  const viewer = useViewer()
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
          {viewer?.is('CITIZEN') && <To href="/mine">{words.mine}</To>}
          {viewer?.is('MEMBER') && <To href="/waiting">{words.toAnswer}</To>}
          <To href="/cockpit">{words.cockpit}</To>
        </nav>
        <div className="who">
          <button type="button" className="quiet" lang={words.other === 'English' ? 'en' : 'zh-CN'} onClick={onLanguage}>{words.other}</button>
          {known && <span className="person">{viewer?.name}</span>}
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

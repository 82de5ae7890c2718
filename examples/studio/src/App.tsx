import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { Provider } from 'urql'
import { Route, Switch } from 'wouter'
import { clientIn } from './gateway/client'
import { signedIn, watch } from './gateway/session'
import { Ask } from './pages/Ask'
import { Cockpit } from './pages/Cockpit'
import { Directory } from './pages/Directory'
import { Mine } from './pages/Mine'
import { Question } from './pages/Question'
import { Studio } from './pages/Studio'
import { Waiting } from './pages/Waiting'
import { Header } from './parts/Header'
import { Page } from './parts/Page'
import { type Language, LanguageContext, useWords, WORDS } from './words'

const CHOSEN = 'language' // local storage

export function App() {
  const [language, setLanguage] = useState<Language>(atFirst)
  const person = useSyncExternalStore(watch, signedIn)
  const client = useMemo(() => clientIn(language), [language, person])
  useEffect(() => { document.documentElement.lang = language }, [language])

  function turn() {
    const next = language === 'en' ? 'zh-CN' : 'en'
    localStorage.setItem(CHOSEN, next)
    setLanguage(next)
  }

  return (
    <LanguageContext value={language}>
      <Provider value={client}>
        <a className="skip" href="#content">{WORDS[language].skip}</a>
        <Header onLanguage={turn} />
        <main id="content">
          <Switch>
            <Route path="/" component={Directory} />
            <Route path="/studios/:id">{({ id }) => <Studio key={id} id={id} />}</Route>
            <Route path="/studios/:id/ask">{({ id }) => <Ask key={id} id={id} />}</Route>
            <Route path="/questions/:id">{({ id }) => <Question key={id} id={id} />}</Route>
            <Route path="/mine" component={Mine} />
            <Route path="/waiting" component={Waiting} />
            <Route path="/cockpit" component={Cockpit} />
            <Route><Nowhere /></Route>
          </Switch>
        </main>
      </Provider>
    </LanguageContext>
  )
}

function Nowhere() {
  return <Page title={useWords().notFound}>{null}</Page>
}

function atFirst(): Language {
  const wanted = localStorage.getItem(CHOSEN) ?? navigator.language
  return wanted.startsWith('en') ? 'en' : 'zh-CN'
}

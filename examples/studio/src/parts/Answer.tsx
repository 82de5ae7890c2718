import type { ReactNode } from 'react'
import type { AnyVariables, UseQueryExecute, UseQueryState } from 'urql'
import { clock } from '../moments'
import { useLanguage, useWords } from '../words'

interface Stale { fetchedAt: string }

const WORTH_SAYING_MS = 300_000 // what is younger is fetched again before it is read

/**
 * What came of a query. A platform that is down costs its own part: the rest is shown, with what is missing said above it,
 * and below it the age of what is older than it should be.
 */
export function Answer<Data, Variables extends AnyVariables>({ of: [state, repeat], children }: {
  of: [UseQueryState<Data, Variables>, UseQueryExecute]
  children: (data: Data) => ReactNode
}) {
  const words = useWords()
  const language = useLanguage()
  const { data, error, fetching, extensions } = state
  const told = [...new Set(error?.graphQLErrors.map(({ message }) => message))]
  const stale = (extensions?.stale as Stale[] | undefined)?.map(({ fetchedAt }) => fetchedAt).sort()[0]
  return (
    <>
      <p className="loading" role="status">{fetching && !data ? words.loading : ''}</p>
      {error && !fetching && (
        <div className="notice" role="alert">
          <p><strong>{error.networkError ? words.unreachable : words.partly}</strong></p>
          {told.length > 0 && <ul>{told.map((message) => <li key={message}>{message}</li>)}</ul>}
          <button type="button" className="quiet" onClick={() => repeat({ requestPolicy: 'network-only' })}>{words.again}</button>
        </div>
      )}
      {data && children(data)}
      {stale && Date.now() - Date.parse(stale) > WORTH_SAYING_MS && <p className="aside">{words.asOf(clock(stale, language))}</p>}
    </>
  )
}

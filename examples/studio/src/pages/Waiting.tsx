import { useEffect } from 'react'
import { useQuery, useSubscription } from 'urql'
import { Link } from 'wouter'
import { whenBegunAnew } from '../gateway/live'
import { graphql } from '../gql'
import type { WaitingOfQuery } from '../gql/graphql'
import { moment } from '../moments'
import { Answer } from '../parts/Answer'
import { Gate } from '../parts/Gate'
import { More } from '../parts/More'
import { Page } from '../parts/Page'
import { usePages } from '../parts/usePages'
import { useMembership } from '../parts/useViewer'
import { useLanguage, useWords } from '../words'

const WAITING = graphql(`
  query WaitingOf($id: ID!, $after: String) {
    studio(id: $id) {
      id
      questions(filter: { waiting: true }, first: 10, after: $after) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id title kind status askedAt asker { displayName } addressee { id } }
      }
    }
  }
`)

const ASKED = graphql(`subscription Asked($studioId: ID!) { questionAsked(studioId: $studioId) { id title } }`)

type Row = NonNullable<NonNullable<NonNullable<WaitingOfQuery['studio']>['questions']>['nodes'][number]>

/** What waits for a member, studio by studio. */
export function Waiting() {
  const words = useWords()
  return <Gate title={words.toAnswer} role="MEMBER" forWhom={words.toAnswerFor}><Studios /></Gate>
}

function Studios() {
  const words = useWords()
  const asked = useMembership()
  return (
    <Page title={words.toAnswer} lead={<p>{words.toAnswerLead}</p>}>
      <Answer of={asked}>
        {({ viewer }) => (
          <div className="stack">
            {viewer?.member?.studios?.length === 0 && <p className="aside">{words.none}</p>}
            {viewer?.member?.studios?.map((studio) => studio && (
              <OfStudio key={studio.id} id={studio.id} name={studio.name ?? words.studios} member={viewer.member?.id} />
            ))}
          </div>
        )}
      </Answer>
    </Page>
  )
}

function OfStudio({ id, name, member }: { id: string; name: string; member: string | undefined }) {
  const words = useWords()
  const { cursors, more } = usePages(id)
  const [{ data }] = useSubscription({ query: ASKED, variables: { studioId: id } })
  const came = data?.questionAsked
  return (
    <section className="panel" aria-label={name}>
      <h2>{name}</h2>
      <p role="status" className="live">{came && words.newQuestion(came.title ?? '')}</p>
      {cursors.map((after, index) => (
        <Rows key={after ?? ''} id={id} after={after} last={index === cursors.length - 1} onMore={more} member={member} came={came?.id} />
      ))}
    </section>
  )
}

function Rows({ id, after, last, onMore, member, came }: {
  id: string
  after: string | null
  last: boolean
  onMore: (cursor: string) => void
  member: string | undefined
  came: string | undefined
}) {
  const words = useWords()
  const asked = useQuery({ query: WAITING, variables: { id, after }, requestPolicy: 'cache-and-network' })
  const [, again] = asked
  useEffect(() => { if (came) again({ requestPolicy: 'network-only' }) }, [came, again])
  useEffect(() => whenBegunAnew(() => again({ requestPolicy: 'network-only' })), [again])
  return (
    <Answer of={asked}>
      {({ studio }) => (
        <>
          {after === null && studio?.questions?.totalCount != null && <p className="count">{words.waitingFound(studio.questions.totalCount)}</p>}
          <ul className="waiting">
            {studio?.questions?.nodes.map((question) => question && <li key={question.id}><Line of={question} member={member} /></li>)}
          </ul>
          <More after={studio?.questions?.pageInfo} last={last} onMore={onMore} />
        </>
      )}
    </Answer>
  )
}

function Line({ of: { id, title, kind, status, askedAt, asker, addressee }, member }: { of: Row; member: string | undefined }) {
  const words = useWords()
  const language = useLanguage()
  return (
    <>
      <Link href={`/questions/${id}`}>{title}</Link>
      <p className="by">
        {addressee && addressee.id === member && <span className="tag mine">{words.toYou}</span>}
        {kind && <span className="tag">{words.kinds[kind]}</span>}
        {status && <span className="tag">{words.statuses[status]}</span>}
        {asker?.displayName ?? words.anonymous} {words.askedAt} <time dateTime={askedAt ?? undefined}>{moment(askedAt, language)}</time>
      </p>
    </>
  )
}

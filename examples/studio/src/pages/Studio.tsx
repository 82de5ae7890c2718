import { useMemo } from 'react'
import { useQuery } from 'urql'
import { Link } from 'wouter'
import { signedIn, signIn } from '../gateway/session'
import { graphql } from '../gql'
import type { StudioQuery } from '../gql/graphql'
import { clock, day, weekday } from '../moments'
import { Answer } from '../parts/Answer'
import { Figures, useNumbers } from '../parts/Figures'
import { Marks } from '../parts/Marks'
import { More } from '../parts/More'
import { Page } from '../parts/Page'
import { Portrait } from '../parts/Portrait'
import { Said } from '../parts/Said'
import { usePages } from '../parts/usePages'
import { useViewer } from '../parts/useViewer'
import { useLanguage, useWords } from '../words'

const STUDIO = graphql(`
  query Studio($id: ID!, $from: DateTime!, $to: DateTime!, $known: Boolean!) {
    studio(id: $id) {
      id
      name
      introduction
      phone
      address
      category
      starRating
      tags
      region { code name }
      organization { id name }
      convener { id }
      members(first: 30) { nodes { id name portraitUrl sector { name } official { id title organization { id name } } } }
      dutyShifts(from: $from, to: $to) { id startsAt endsAt topic member { id name } }
      jointStudios { id name }
      statistics { followers likes averageRating answeredQuestions medianReplyMinutes }
      viewerFollows @include(if: $known)
      viewerLikes @include(if: $known)
      ...Marked @include(if: $known)
    }
  }
`)

const QUESTIONS = graphql(`
  query StudioQuestions($id: ID!, $after: String) {
    studio(id: $id) {
      id
      questions(filter: { answered: true }, first: 5, after: $after) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id ...SaidQuestion }
      }
    }
  }
`)

type Shown = NonNullable<StudioQuery['studio']>

export function Studio({ id }: { id: string }) {
  const words = useWords()
  const week = useMemo(() => ({ from: `${day(0)}T00:00:00+08:00`, to: `${day(7)}T00:00:00+08:00` }), [])
  const asked = useQuery({ query: STUDIO, variables: { id, ...week, known: signedIn() } })
  const { cursors, more } = usePages(id)
  return (
    <Answer of={asked}>
      {({ studio }) => !studio ? <Page title={words.notFoundHere}>{null}</Page> : (
        <Page title={studio.name ?? words.none} lead={<Lead studio={studio} />}>
          <Numbers studio={studio} />
          <div className="columns">
            <section aria-labelledby="asked">
              <h2 id="asked">{words.questionsAnswered}</h2>
              {cursors.map((after, index) => (
                <Questions key={after ?? ''} id={id} after={after} last={index === cursors.length - 1} onMore={more} />
              ))}
            </section>
            <div className="side">
              <Contact studio={studio} />
              <Duty shifts={studio.dutyShifts} />
              <Members studio={studio} />
              <Joint studios={studio.jointStudios} />
            </div>
          </div>
        </Page>
      )}
    </Answer>
  )
}

function Lead({ studio }: { studio: Shown }) {
  const words = useWords()
  return (
    <>
      <p className="tags">
        {studio.category && <span className="tag">{words.categories[studio.category]}</span>}
        {studio.region && <Link className="tag place" href={`/?region=${studio.region.code}`}>{studio.region.name}</Link>}
        {studio.starRating != null && <span className="tag">{words.stars(studio.starRating)}</span>}
        {studio.tags?.map((tag) => <span key={tag} className="tag">{tag}</span>)}
        <span>{studio.organization?.name}</span>
        {studio.viewerFollows && <span className="tag mine">{words.youFollow}</span>}
        {studio.viewerLikes && <span className="tag mine">{words.youLike}</span>}
      </p>
      <p>{studio.introduction}</p>
      <Acts studio={studio} />
    </>
  )
}

/** What a citizen can do here; anyone else can become one. */
function Acts({ studio }: { studio: Shown }) {
  const words = useWords()
  const viewer = useViewer()
  const form = `/studios/${studio.id}/ask`
  if (!signedIn()) return <p className="actions"><button type="button" className="firm" onClick={() => void signIn(undefined, form)}>{words.signInToAsk}</button></p>
  if (!viewer?.is('CITIZEN')) return null
  return (
    <div className="actions">
      <Link className="button firm" href={form}>{words.ask}</Link>
      <Marks studio={studio} />
    </div>
  )
}

function Numbers({ studio: { statistics } }: { studio: Shown }) {
  const words = useWords()
  const { count, rating, duration } = useNumbers()
  return (
    <Figures
      of={[
        { label: words.rating, value: rating(statistics?.averageRating) },
        { label: words.answeredQuestions, value: count(statistics?.answeredQuestions) },
        { label: words.medianReply, value: duration(statistics?.medianReplyMinutes) },
        { label: words.followers, value: count(statistics?.followers) },
        { label: words.likes, value: count(statistics?.likes) },
      ]}
    />
  )
}

function Questions({ id, after, last, onMore }: { id: string; after: string | null; last: boolean; onMore: (cursor: string) => void }) {
  const words = useWords()
  const asked = useQuery({ query: QUESTIONS, variables: { id, after } })
  return (
    <Answer of={asked}>
      {({ studio }) => (
        <>
          {after === null && studio?.questions?.totalCount != null && <p className="count">{words.questionsFound(studio.questions.totalCount)}</p>}
          {studio?.questions?.nodes.map((question) => question && <Said key={question.id} question={question} level="h3" />)}
          <More after={studio?.questions?.pageInfo} last={last} onMore={onMore} />
        </>
      )}
    </Answer>
  )
}

function Contact({ studio }: { studio: Shown }) {
  const words = useWords()
  return (
    <dl className="contact">
      <dt>{words.address}</dt>
      <dd>{studio.address ?? '–'}</dd>
      <dt>{words.phone}</dt>
      <dd>{studio.phone ? <a href={`tel:${studio.phone}`}>{studio.phone}</a> : '–'}</dd>
    </dl>
  )
}

function Duty({ shifts }: { shifts: Shown['dutyShifts'] }) {
  const words = useWords()
  const language = useLanguage()
  return (
    <section aria-labelledby="duty">
      <h2 id="duty">{words.duty}</h2>
      {shifts?.length === 0 && <p className="aside">{words.none}</p>}
      <ul className="shifts">
        {shifts?.map(({ id, startsAt, endsAt, topic, member }) => startsAt && endsAt && (
          <li key={id}>
            <time dateTime={startsAt}>{weekday(startsAt, language)} {clock(startsAt, language)}–{clock(endsAt, language)}</time>
            <span>{member?.name}<small>{topic}</small></span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Members({ studio }: { studio: Shown }) {
  const words = useWords()
  return (
    <section aria-labelledby="members">
      <h2 id="members">{words.members}</h2>
      <ul className="members">
        {studio.members?.nodes.map((member) => member && (
          <li key={member.id} className="person-row">
            <Portrait name={member.name} url={member.portraitUrl} />
            <span>
              {member.name}{member.id === studio.convener?.id && <em className="tag">{words.convener}</em>}
              <small>{[member.sector?.name, member.official?.organization?.name, member.official?.title].filter(Boolean).join(' · ')}</small>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Joint({ studios }: { studios: Shown['jointStudios'] }) {
  const words = useWords()
  if (!studios?.length) return null
  return (
    <section aria-labelledby="joint">
      <h2 id="joint">{words.joint}</h2>
      <ul className="shifts">
        {studios.map((one) => one && <li key={one.id}><Link href={`/studios/${one.id}`}>{one.name}</Link></li>)}
      </ul>
    </section>
  )
}

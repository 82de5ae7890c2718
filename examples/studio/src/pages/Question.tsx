import { useQuery } from 'urql'
import { Link } from 'wouter'
import { graphql } from '../gql'
import type { QuestionQuery } from '../gql/graphql'
import { moment } from '../moments'
import { Answer } from '../parts/Answer'
import { Page } from '../parts/Page'
import { Reply } from '../parts/Reply'
import { Said } from '../parts/Said'
import { useLanguage, useWords } from '../words'

const QUESTION = graphql(`
  query Question($id: ID!) {
    question(id: $id) {
      id
      title
      status
      category
      studio { id name }
      attachments { id kind name url }
      history { status at by note }
      ...SaidQuestion
      ...Waits
    }
  }
`)

type Shown = NonNullable<QuestionQuery['question']>

export function Question({ id }: { id: string }) {
  const words = useWords()
  const asked = useQuery({ query: QUESTION, variables: { id } })
  return (
    <Answer of={asked}>
      {({ question }) => !question ? <Page title={words.notFoundHere}>{null}</Page> : (
        <Page title={question.title ?? words.none} lead={<Lead question={question} />}>
          <div className="columns">
            <div>
              <Said question={question} />
              <Reply question={question} />
              <Attachments of={question.attachments} />
            </div>
            <div className="side"><History steps={question.history} /></div>
          </div>
        </Page>
      )}
    </Answer>
  )
}

function Lead({ question: { status, category, studio } }: { question: Shown }) {
  const words = useWords()
  return (
    <p className="tags">
      {status && <span className="tag mine">{words.statuses[status]}</span>}
      {category && <span className="tag">{words.categories[category]}</span>}
      {studio && <Link href={`/studios/${studio.id}`}>{studio.name}</Link>}
    </p>
  )
}

function Attachments({ of }: { of: Shown['attachments'] }) {
  const words = useWords()
  if (!of?.length) return null
  return (
    <section aria-labelledby="attachments">
      <h2 id="attachments">{words.attachments}</h2>
      <ul className="attachments">
        {of.map((one) => one?.url && (
          <li key={one.id}>
            <a href={one.url} target="_blank" rel="noreferrer">
              {one.kind === 'IMAGE' && <img src={one.url} alt="" loading="lazy" />}
              {one.name}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}

function History({ steps }: { steps: Shown['history'] }) {
  const words = useWords()
  const language = useLanguage()
  return (
    <section aria-labelledby="history">
      <h2 id="history">{words.history}</h2>
      <ol className="steps">
        {steps?.map((step) => step?.status && (
          <li key={`${step.status} ${step.at}`}>
            <strong>{words.statuses[step.status]}</strong> {step.by}
            <time dateTime={step.at ?? undefined}>{moment(step.at, language)}</time>
            {step.note && <p>{step.note}</p>}
          </li>
        ))}
      </ol>
    </section>
  )
}

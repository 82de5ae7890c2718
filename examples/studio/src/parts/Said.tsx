import { Link } from 'wouter'
import { graphql, read, type FragmentType } from '../gql'
import { moment } from '../moments'
import { useLanguage, useWords } from '../words'
import { Portrait } from './Portrait'

const SAID = graphql(`
  fragment SaidQuestion on Question {
    id
    title
    body
    kind
    askedAt
    asker { displayName }
    replies { id body repliedAt author { id name portraitUrl } }
    rating { score comment }
  }
`)

/** A question with its answers, as a conversation; on its own page it needs no heading. */
export function Said({ question: masked, level: Heading }: { question: FragmentType<typeof SAID>; level?: 'h2' | 'h3' }) {
  const words = useWords()
  const language = useLanguage()
  const question = read(SAID, masked)
  const { rating } = question
  return (
    <article className="said">
      {Heading && <Heading><Link href={`/questions/${question.id}`}>{question.title}</Link></Heading>}
      <p className="by">
        {question.kind && <span className="tag">{words.kinds[question.kind]}</span>}
        {question.asker?.displayName ?? words.anonymous} {words.askedAt}{' '}
        <time dateTime={question.askedAt ?? undefined}>{moment(question.askedAt, language)}</time>
      </p>
      <p className="body">{question.body}</p>
      {question.replies?.length === 0 && <p className="aside">{words.noReply}</p>}
      {question.replies?.map((reply) => reply && (
        <div key={reply.id} className="reply">
          <Portrait name={reply.author?.name} url={reply.author?.portraitUrl} size={36} />
          <div>
            <p className="by">
              <strong>{reply.author?.name ?? words.members}</strong> {words.repliedAt}{' '}
              <time dateTime={reply.repliedAt ?? undefined}>{moment(reply.repliedAt, language)}</time>
            </p>
            <p className="body">{reply.body}</p>
          </div>
        </div>
      ))}
      {rating?.score != null && (
        <p className="rating">
          <span>{words.citizenSays}</span> <span aria-hidden="true">{'★'.repeat(rating.score)}{'☆'.repeat(5 - rating.score)}</span>
          <span className="unseen">{words.outOfFive(rating.score)}</span> {rating.comment}
        </p>
      )}
    </article>
  )
}

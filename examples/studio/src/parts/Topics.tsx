import { Link } from 'wouter'
import { graphql, read, type FragmentType } from '../gql'
import { useWords } from '../words'
import { useNumbers } from './Figures'

const TOPIC = graphql(`
  fragment Topic on OpinionTopic {
    keyword
    questionCount
    change
    sampleQuestions(first: 3) { nodes { id title } }
  }
`)

type Row = FragmentType<typeof TOPIC> | null

/** Keywords of published questions; each opens to some of them. */
export function Topics({ of }: { of: readonly Row[] | null | undefined }) {
  const words = useWords()
  const { change } = useNumbers()
  const topics = (of ?? []).flatMap((row) => (row ? [read(TOPIC, row)] : []))
  return (
    <section className="panel" aria-labelledby="topics">
      <h2 id="topics">{words.topics}</h2>
      <p className="aside">{words.topicsLead}</p>
      {of && topics.length === 0 && <p>{words.none}</p>}
      <ul className="topics">
        {topics.map((topic) => (
          <li key={topic.keyword}>
            <details>
              <summary>
                <strong>{topic.keyword}</strong>
                <span>{topic.questionCount != null && words.questionsOf(topic.questionCount)}</span>
                <span className={`change ${direction(topic.change)}`}>{change(topic.change) ?? words.newTopic}</span>
              </summary>
              <ul>
                {topic.sampleQuestions?.nodes.map((question) => question && (
                  <li key={question.id}><Link href={`/questions/${question.id}`}>{question.title}</Link></li>
                ))}
              </ul>
            </details>
          </li>
        ))}
      </ul>
    </section>
  )
}

function direction(change: number | null | undefined) {
  return change == null || change > 0 ? 'up' : change < 0 ? 'down' : 'level'
}

import { graphql, read, type FragmentType } from '../gql'
import { useWords } from '../words'
import { Came } from './Came'
import { Field, textIn } from './Field'
import { Form } from './Form'
import { useWrite } from './useWrite'

const RATED = graphql(`fragment Rated on Question { id status rating { score } }`)

const RATE = graphql(`
  mutation Rate($input: RateAnswerInput!) {
    write: rateAnswer(input: $input) {
      writeId
      effects { kind platform status }
      userErrors { code message field }
      question { ...Rated }
    }
  }
`)

const SCORES = [5, 4, 3, 2, 1]
const FIELDS = ['score', 'comment']

/** The asker says what they make of an answer, as long as they have not. */
export function Rate({ question: masked }: { question: FragmentType<typeof RATED> }) {
  const words = useWords()
  const question = read(RATED, masked)
  const { outcome, write } = useWrite(RATE)
  if (outcome.is === 'done' || outcome.is === 'kept') return <Came of={outcome}>{words.ratedDone}</Came>
  if (question.status !== 'ANSWERED' || question.rating) return null

  function send(given: FormData) {
    void write({ questionId: question.id, score: Number(given.get('score')), comment: textIn(given, 'comment') || null })
  }

  return (
    <details className="rate">
      <summary>{words.rate}</summary>
      <Form outcome={outcome} fields={FIELDS} send={words.send} onSend={send}>
        <Field name="score" label={words.score} outcome={outcome}>
          {(said) => <select {...said} defaultValue={SCORES[0]}>{SCORES.map((score) => <option key={score} value={score}>{words.points5(score)}</option>)}</select>}
        </Field>
        <Field name="comment" label={words.comment} hint={words.commentHint} outcome={outcome}>
          {(said) => <textarea {...said} rows={3} />}
        </Field>
      </Form>
    </details>
  )
}

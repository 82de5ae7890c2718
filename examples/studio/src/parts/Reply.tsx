import { graphql, read, type FragmentType } from '../gql'
import type { MatterStatus } from '../gql/graphql'
import { useWords } from '../words'
import { Came } from './Came'
import { Field, textIn } from './Field'
import { Form } from './Form'
import { useMembership } from './useViewer'
import { useWrite } from './useWrite'

const WAITS = graphql(`fragment Waits on Question { id status studio { id } }`)

const REPLY = graphql(`
  mutation Reply($input: ReplyToQuestionInput!) {
    write: replyToQuestion(input: $input) {
      writeId
      effects { kind platform status }
      userErrors { code message field }
      reply { id question { id status } }
    }
  }
`)

const WAITING: readonly MatterStatus[] = ['SUBMITTED', 'ACCEPTED', 'ASSIGNED', 'IN_PROGRESS', 'REOPENED']
const FIELDS = ['body']

/** A member of the studio answers a question that waits. */
export function Reply({ question: masked }: { question: FragmentType<typeof WAITS> }) {
  const words = useWords()
  const { id, status, studio } = read(WAITS, masked)
  const [{ data }] = useMembership()
  const { outcome, write } = useWrite(REPLY)
  const own = data?.viewer?.member?.studios?.some((one) => one?.id === studio?.id)
  if (outcome.is === 'done' || outcome.is === 'kept') return <Came of={outcome}>{words.answeredDone}</Came>
  if (!own || !status || !WAITING.includes(status)) return null
  return (
    <Form outcome={outcome} fields={FIELDS} send={words.answer} onSend={(given) => void write({ questionId: id, body: textIn(given, 'body') })}>
      <Field name="body" label={words.answer} hint={words.answerHint} outcome={outcome}>
        {(said) => <textarea {...said} required rows={6} />}
      </Field>
    </Form>
  )
}

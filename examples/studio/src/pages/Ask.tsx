import { useState } from 'react'
import { useQuery } from 'urql'
import { Link } from 'wouter'
import { graphql } from '../gql'
import type { AskOfQuery } from '../gql/graphql'
import { Answer } from '../parts/Answer'
import { Came } from '../parts/Came'
import { keys, known } from '../parts/choices'
import { Field, textIn } from '../parts/Field'
import { Form } from '../parts/Form'
import { Gate } from '../parts/Gate'
import { Page } from '../parts/Page'
import { useWrite } from '../parts/useWrite'
import { useWords } from '../words'

const STUDIO = graphql(`query AskOf($id: ID!) { studio(id: $id) { id name category members(first: 30) { nodes { id name } } } }`)

const ASK = graphql(`
  mutation Ask($input: AskQuestionInput!) {
    write: askQuestion(input: $input) {
      writeId
      effects { kind platform status }
      userErrors { code message field }
      question { id title status }
    }
  }
`)

const FIELDS = ['category', 'kind', 'addresseeId', 'title', 'body', 'visibility', 'isAnonymous']

/** A citizen puts a question to a studio. */
export function Ask({ id }: { id: string }) {
  const words = useWords()
  return <Gate title={words.ask} role="CITIZEN" forWhom={words.askFor}><Asking id={id} /></Gate>
}

function Asking({ id }: { id: string }) {
  const words = useWords()
  const [forms, setForms] = useState(0)
  const asked = useQuery({ query: STUDIO, variables: { id } })
  const studio = asked[0].data?.studio
  return (
    <Page title={studio?.name ? words.askOf(studio.name) : words.ask} lead={<p>{words.askLead}</p>}>
      <Answer of={asked}>
        {({ studio }) => studio ? <Question key={forms} studio={studio} onAgain={() => setForms(forms + 1)} /> : <p>{words.notFoundHere}</p>}
      </Answer>
    </Page>
  )
}

function Question({ studio, onAgain }: { studio: NonNullable<AskOfQuery['studio']>; onAgain: () => void }) {
  const words = useWords()
  const { outcome, write } = useWrite(ASK)

  function send(given: FormData) {
    void write({
      studioId: studio.id,
      addresseeId: textIn(given, 'addresseeId') || null,
      category: known(words.categories, given.get('category')) ?? 'OTHER',
      kind: known(words.kinds, given.get('kind')) ?? 'CONSULTATION',
      title: textIn(given, 'title'),
      body: textIn(given, 'body'),
      visibility: known(words.visibilities, given.get('visibility')) ?? 'PRIVATE',
      isAnonymous: given.has('isAnonymous'),
    })
  }

  if (outcome.is === 'done' || outcome.is === 'kept') {
    return (
      <div className="form">
        <Came of={outcome}>{words.askedDone}</Came>
        <p className="actions">
          <Link href="/mine">{words.mine}</Link>
          <button type="button" className="quiet" onClick={onAgain}>{words.askAgain}</button>
        </p>
      </div>
    )
  }
  return (
    <Form outcome={outcome} fields={FIELDS} send={words.send} onSend={send}>
      <div className="pair">
        <Field name="category" label={words.category} outcome={outcome}>
          {(said) => <select {...said} defaultValue={studio.category ?? 'OTHER'}>{options(words.categories)}</select>}
        </Field>
        <Field name="kind" label={words.kind} outcome={outcome}>
          {(said) => <select {...said} defaultValue="CONSULTATION">{options(words.kinds)}</select>}
        </Field>
        <Field name="addresseeId" label={words.addressee} outcome={outcome}>
          {(said) => (
            <select {...said} defaultValue="">
              <option value="">{words.anyMember}</option>
              {studio.members?.nodes.map((member) => member && <option key={member.id} value={member.id}>{member.name}</option>)}
            </select>
          )}
        </Field>
      </div>
      <Field name="title" label={words.titleLabel} hint={words.titleHint} outcome={outcome}>
        {(said) => <input {...said} type="text" required autoComplete="off" />}
      </Field>
      <Field name="body" label={words.bodyLabel} hint={words.bodyHint} outcome={outcome}>
        {(said) => <textarea {...said} required rows={6} />}
      </Field>
      <fieldset className="chips">
        <legend>{words.visibility}</legend>
        {keys(words.visibilities).map((one) => (
          <label key={one}>
            <input type="radio" name="visibility" value={one} defaultChecked={one === 'PRIVATE'} />
            <span>{words.visibilities[one]}</span>
          </label>
        ))}
      </fieldset>
      <label className="check"><input type="checkbox" name="isAnonymous" /> {words.isAnonymous}</label>
    </Form>
  )
}

function options<Key extends string>(words: Record<Key, string>) {
  return keys(words).map((key) => <option key={key} value={key}>{words[key]}</option>)
}

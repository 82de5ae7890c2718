import { type ReactNode, useEffect, useState } from 'react'
import { useSubscription } from 'urql'
import { graphql } from '../gql'
import { useWords } from '../words'
import type { Brought, Outcome, Written } from './useWrite'

const STATUS = graphql(`
  subscription WriteStatus($id: ID!) { writeStatus(id: $id) { id effects { kind platform status } } }
`)

/** What came of a write, for everybody to hear; what belongs to a field of the form stands there (`Field`). */
export function Came({ of: outcome, fields = [], children }: { of: Outcome; fields?: readonly string[]; children?: ReactNode }) {
  const words = useWords()
  if (outcome.is === 'open') return null
  if (outcome.is === 'sending') return <p role="status">{words.sending}</p>
  if (outcome.is === 'kept' || outcome.is === 'done') return <Way key={outcome.written.writeId} of={outcome.written}>{children}</Way>
  const { error } = outcome.is === 'failed' ? outcome : {}
  const errors = outcome.is === 'mend' ? outcome.errors.filter(({ field }) => !field || !fields.includes(field)) : []
  const told = new Set([...errors, ...(error?.graphQLErrors ?? [])].map(({ message }) => message))
  return (
    <div className="notice" role="alert">
      <p><strong>{error?.networkError ? words.lost : outcome.is === 'mend' && told.size === 0 ? words.toMend : words.notDone}</strong></p>
      {told.size > 0 && <ul>{[...told].map((message) => <li key={message}>{message}</li>)}</ul>}
    </div>
  )
}

/** Each effect with how far it is, until nothing of it changes any more. */
function Way({ of, children }: { of: Written; children: ReactNode }) {
  const words = useWords()
  const [settled, settle] = useState(isSettled(of.effects))
  const [{ data }] = useSubscription({ query: STATUS, variables: { id: of.writeId ?? '' }, pause: settled || !of.writeId })
  const effects: readonly Brought[] = data?.writeStatus?.effects ?? of.effects
  const all = isSettled(effects)
  useEffect(() => settle(all), [all])
  const status = effects[0]?.status
  const kept = of.effects[0]?.status !== 'DONE'
  return (
    <div className={status === 'DONE' ? 'notice good' : 'notice'} role="status">
      <p><strong>{status === 'FAILED' ? words.notDone : status !== 'DONE' ? words.kept : kept ? words.arrived : children}</strong></p>
      <ul aria-label={words.effects} className="effects">
        {effects.map(({ kind, platform, status }) => (
          <li key={kind} data-effect={kind} data-status={status}>
            {named(words.broughtAbout, kind)} · {named(words.platforms, platform)} <span className="tag">{words.progress[status]}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

const isSettled = (effects: readonly Brought[]) => effects.every(({ status }) => status === 'DONE' || status === 'FAILED')

function named(words: Partial<Record<string, string>>, name: string) {
  return words[name] ?? name
}

import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { useWords } from '../words'
import { Came } from './Came'
import type { Outcome } from './useWrite'

/** A form of one act. What is wrong is gone to at once; when the answer was lost the same act can be sent again. */
export function Form({ outcome, fields, send, onSend, children }: {
  outcome: Outcome
  fields: readonly string[]
  send: string
  onSend: (given: FormData) => void
  children: ReactNode
}) {
  const words = useWords()
  const form = useRef<HTMLFormElement>(null)
  const [mended, setMended] = useState<Outcome>()
  useEffect(() => {
    if (outcome.is === 'mend') form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
  }, [outcome])

  function sent(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    onSend(new FormData(event.currentTarget))
  }

  const lost = outcome.is === 'failed' && outcome.error?.networkError
  return (
    <form ref={form} className="panel form" noValidate onSubmit={sent} onInput={() => setMended(outcome)}>
      {children}
      {(outcome.is !== 'mend' || outcome !== mended) && <Came of={outcome} fields={fields} />}
      <button type="submit" className="firm" aria-disabled={outcome.is === 'sending'}>{lost ? words.sendAgain : send}</button>
    </form>
  )
}

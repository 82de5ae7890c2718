import { type ReactNode, useId, useState } from 'react'
import type { Outcome } from './useWrite'

interface Said { id: string; name: string; 'aria-describedby': string; 'aria-invalid': boolean }

/** A field of a form: its name, a hint, and what the gateway said of it, until that is mended. */
export function Field({ name, label, hint, outcome, children }: {
  name: string
  label: string
  hint?: string
  outcome: Outcome
  children: (said: Said) => ReactNode
}) {
  const id = useId()
  const [mended, setMended] = useState<Outcome>()
  const wrong = outcome.is === 'mend' && outcome !== mended ? outcome.errors.filter(({ field }) => field === name) : []
  return (
    <div className="field" onInput={() => setMended(outcome)}>
      <label htmlFor={id}>{label}</label>
      {children({ id, name, 'aria-describedby': `${id}-told`, 'aria-invalid': wrong.length > 0 })}
      <div id={`${id}-told`}>
        {wrong.map(({ code, message }) => <p key={code} className="wrong">{message}</p>)}
        {hint && <small>{hint}</small>}
      </div>
    </div>
  )
}

/** A text out of a form that was sent. */
export function textIn(form: FormData, name: string) {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}

import { useRef, useState } from 'react'
import { type CombinedError, type TypedDocumentNode, useMutation } from 'urql'
import type { EffectKind, EffectStatus } from '../gql/graphql'

export interface Brought { kind: EffectKind; platform: string; status: EffectStatus }
export interface Told { code: string; message: string; field?: string | null | undefined }
/** What every mutation answers beside what it is about; documents here call it `write`. */
export interface Written { writeId?: string | null | undefined; effects: readonly Brought[]; userErrors: readonly Told[] }

export type Outcome<Answer extends Written = Written> =
  | { is: 'open' | 'sending' }
  | { is: 'mend'; errors: readonly Told[] } // nothing was written: the person can put it right
  | { is: 'kept' | 'done'; written: Answer } // kept: it will be done, without being sent again
  | { is: 'failed'; error: CombinedError | undefined }

/**
 * One act and what comes of it. Its key stays until it is done: pressing twice, or sending again when the answer was lost,
 * does it once.
 */
export function useWrite<Answer extends Written, Input extends { idempotencyKey?: string | null | undefined }>(
  act: TypedDocumentNode<{ write?: Answer | null }, { input: Input }>,
) {
  const [, send] = useMutation(act)
  const [outcome, setOutcome] = useState<Outcome<Answer>>({ is: 'open' })
  const key = useRef<string>(null)
  const sending = useRef(false)

  async function write(input: Input) {
    if (sending.current) return
    sending.current = true
    setOutcome({ is: 'sending' })
    key.current ??= crypto.randomUUID()
    const { data, error } = await send({ input: { ...input, idempotencyKey: key.current } })
    sending.current = false
    const came = outcomeOf(data?.write, error)
    if (came.is === 'done' || came.is === 'kept') key.current = null
    setOutcome(came)
  }

  return { outcome, write }
}

function outcomeOf<Answer extends Written>(written: Answer | null | undefined, error: CombinedError | undefined): Outcome<Answer> {
  if (written?.userErrors.length) return { is: 'mend', errors: written.userErrors }
  const status = written?.effects[0]?.status
  if (!written || !status || status === 'FAILED') return { is: 'failed', error }
  return { is: status === 'DONE' ? 'done' : 'kept', written }
}

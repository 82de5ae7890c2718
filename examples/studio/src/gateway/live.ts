/** Live answers by SSE (graphql-sse): by `fetch`, since an `EventSource` cannot send a token. */
import type { SubscriptionForwarder } from 'urql'
import type { Language } from '../words'
import { GATEWAY } from './address'
import { ask } from './session'

const AGAIN_MS = 3_000

interface Event { name: string; id: string; data: string }

const listeners = new Set<() => void>()

/** Hear of streams that were begun anew with nothing to take them up at: what came meanwhile is in lists only. */
export function whenBegunAnew(listener: () => void) {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** A stream ends with its token, or when the gateway goes: it is taken up after the last event that came. */
export function forwardIn(language: Language): SubscriptionForwarder {
  return (body) => ({
    subscribe(sink) {
      const left = new AbortController()
      void follow(JSON.stringify(body), language, left.signal, (answer) => sink.next(answer)).then(() => sink.complete())
      return { unsubscribe: () => left.abort() }
    },
  })
}

async function follow(body: string, language: Language, signal: AbortSignal, tell: (answer: object) => void) {
  let last = ''
  for (let times = 0; !signal.aborted; times += 1) {
    try {
      const headers = { Accept: 'text/event-stream', 'Content-Type': 'application/json', 'Accept-Language': language }
      const answer = await ask(`${GATEWAY}/graphql`, { method: 'POST', body, signal, headers: last ? { ...headers, 'Last-Event-ID': last } : headers })
      if (answer.status >= 400 && answer.status < 500) return
      if (answer.ok && times > 0 && !last) for (const listener of listeners) listener()
      for await (const { name, id, data } of eventsOf(answer)) {
        if (data.includes('"RESUME_TOO_LATE"')) { // forgotten meanwhile
          last = ''
          break
        }
        last = id || last
        if (name === 'complete') return
        if (name === 'next') tell(JSON.parse(data) as object)
      }
    } catch {
      // the gateway is away for a while, or nobody listens any more
    }
    await new Promise((done) => setTimeout(done, signal.aborted ? 0 : AGAIN_MS))
  }
}

async function* eventsOf(answer: Response): AsyncGenerator<Event> {
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) {
    const blocks = (rest + read.value).split('\n\n')
    rest = blocks.pop() ?? ''
    yield* blocks.map(eventOf)
  }
}

function eventOf(block: string): Event {
  const field = (name: string) => block.match(new RegExp(`^${name}: ?(.*)$`, 'm'))?.[1] ?? ''
  return { name: field('event'), id: field('id'), data: field('data') }
}

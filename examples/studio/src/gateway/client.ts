import { cacheExchange, Client, fetchExchange, subscriptionExchange } from 'urql'
import type { Language } from '../words'
import { GATEWAY } from './address'
import { forwardIn } from './live'
import { ask } from './session'

/** A client for one person in one language: what it keeps is shown to nobody else. */
export function clientIn(language: Language) {
  return new Client({
    url: `${GATEWAY}/graphql`,
    exchanges: [cacheExchange, fetchExchange, subscriptionExchange({ forwardSubscription: forwardIn(language) })],
    preferGetMethod: false, // POST alone carries the token
    fetch: ask,
    fetchOptions: () => ({ headers: { 'Accept-Language': language } }),
  })
}

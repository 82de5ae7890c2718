/** The tokens of whoever signed in: in this page's memory only, bound to a key that cannot be read out of the browser. */
import * as oauth from 'oauth4webapi'
import { CLIENT_ID, GATEWAY } from './address'

const ISSUER = new URL(GATEWAY)
const CLIENT: oauth.Client = { client_id: CLIENT_ID }
const SCOPE = 'openid graph:read duty:read directory:read cockpit:read question:write duty:write'
const BEGUN = 'begun' // session storage: what is checked when the browser comes back
const WAS_HERE = 'was-here' // session storage: somebody signed in, so a reload asks the gateway again
const MARGIN_S = 30
const PLAIN = { [oauth.allowInsecureRequests]: ISSUER.protocol === 'http:' }

interface Begun { state: string; nonce: string; verifier: string; to: string }
type Granted = Pick<oauth.TokenEndpointResponse, 'access_token'> & { expires_in?: number; refresh_token?: string | undefined; id_token?: string | undefined }
interface Session { access: string; refresh: string | undefined; id: string | undefined; until: number; proof: oauth.DPoPHandle }

let session: Session | null = null
let renewing: Promise<void> | null = null
let known: Promise<oauth.AuthorizationServer> | undefined
const listeners = new Set<() => void>()

export const signedIn = () => session !== null
export function watch(listener: () => void) {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** Go to the gateway's own page; `none` comes back without one, signed in or not. */
export async function signIn(prompt?: 'none', to = location.pathname + location.search) {
  const [state, nonce, verifier] = [oauth.generateRandomState(), oauth.generateRandomNonce(), oauth.generateRandomCodeVerifier()]
  const begun: Begun = { state, nonce, verifier, to }
  sessionStorage.setItem(BEGUN, JSON.stringify(begun))
  const asked = new URLSearchParams({
    response_type: 'code', client_id: CLIENT_ID, redirect_uri: callback(), scope: SCOPE, state, nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
    ui_locales: document.documentElement.lang, ...(prompt && { prompt }),
  })
  location.assign(`${(await server()).authorization_endpoint}?${asked}`)
}

/** Before the first page: finish a sign-in that comes back, or take up after a reload the one there was. */
export async function resume() {
  if (location.pathname === new URL(callback()).pathname) return finish()
  if (!sessionStorage.getItem(WAS_HERE)) return
  await signIn('none')
  await new Promise(() => undefined) // the browser is on its way
}

/** End it here and at the gateway, so that every application hears of it. */
export async function signOut() {
  const leaving = new URLSearchParams({ client_id: CLIENT_ID, post_logout_redirect_uri: `${location.origin}/` })
  if (session?.id) leaving.set('id_token_hint', session.id)
  sessionStorage.removeItem(WAS_HERE)
  location.assign(`${(await server()).end_session_endpoint}?${leaving}`)
}

/** `fetch` for the graph: with the token and its proof where somebody is signed in. */
export async function ask(address: RequestInfo | URL, given: RequestInit = {}): Promise<Response> {
  if (session && session.until < Date.now()) await renewed()
  try {
    return await sent(address, given)
  } catch (refused) {
    if (!(refused instanceof oauth.WWWAuthenticateChallengeError)) throw refused
    await renewed() // the token ended before its time, as when somebody signs out elsewhere
    return sent(address, given)
  }
}

function sent(address: RequestInfo | URL, given: RequestInit): Promise<Response> {
  if (!session) return fetch(address, given)
  const { access, proof } = session
  const options = { DPoP: proof, ...PLAIN, ...(given.signal && { signal: given.signal }) }
  const [to, headers, body] = [new URL(String(address)), new Headers(given.headers), given.body as string]
  return againWithNonce(() => oauth.protectedResourceRequest(access, 'POST', to, headers, body, options))
}

async function finish() {
  const begun = JSON.parse(sessionStorage.getItem(BEGUN) ?? 'null') as Begun | null
  const came = new URL(location.href)
  history.replaceState(null, '', begun?.to ?? '/')
  sessionStorage.removeItem(BEGUN)
  sessionStorage.removeItem(WAS_HERE)
  if (!begun) return
  const as = await server()
  try {
    const told = oauth.validateAuthResponse(as, CLIENT, came, begun.state)
    const proof = oauth.DPoP(CLIENT, await oauth.generateKeyPair('ES256'))
    const tokens = await againWithNonce(async () => {
      const answer = await oauth.authorizationCodeGrantRequest(
        as, CLIENT, oauth.None(), told, callback(), begun.verifier, { DPoP: proof, ...PLAIN },
      )
      return oauth.processAuthorizationCodeResponse(as, CLIENT, answer, { expectedNonce: begun.nonce, requireIdToken: true })
    })
    hold(tokens, proof)
  } catch (refused) {
    if (!(refused instanceof oauth.AuthorizationResponseError)) throw refused // declined, or nobody is signed in any more
  }
}

/** A refresh token is good once, so those who ask meanwhile wait for the same renewal. */
function renewed() {
  renewing ??= renew().finally(() => { renewing = null })
  return renewing
}

async function renew() {
  const { refresh, proof, id } = session ?? {}
  try {
    if (!refresh || !proof) throw new Error('nothing to renew with')
    const as = await server()
    const tokens = await againWithNonce(async () => {
      const answer = await oauth.refreshTokenGrantRequest(as, CLIENT, oauth.None(), refresh, { DPoP: proof, ...PLAIN })
      return oauth.processRefreshTokenResponse(as, CLIENT, answer)
    })
    hold({ refresh_token: refresh, id_token: id, ...tokens }, proof)
  } catch {
    session = null // signed out elsewhere, or away too long: the page goes on as anyone's
    sessionStorage.removeItem(WAS_HERE)
    for (const listener of listeners) listener()
  }
}

function hold(tokens: Granted, proof: oauth.DPoPHandle) {
  const until = Date.now() + ((tokens.expires_in ?? 300) - MARGIN_S) * 1000
  const begins = session === null
  session = { access: tokens.access_token, refresh: tokens.refresh_token, id: tokens.id_token, until, proof }
  sessionStorage.setItem(WAS_HERE, '1')
  if (begins) for (const listener of listeners) listener()
}

/** Once more with the nonce the gateway wants (RFC 9449 section 8). */
async function againWithNonce<T>(send: () => Promise<T>): Promise<T> {
  try {
    return await send()
  } catch (refused) {
    if (!oauth.isDPoPNonceError(refused)) throw refused
    return send()
  }
}

function server() {
  known ??= oauth
    .discoveryRequest(ISSUER, { algorithm: 'oidc', ...PLAIN })
    .then((answer) => oauth.processDiscoveryResponse(ISSUER, answer))
  return known
}

function callback() {
  return `${location.origin}/signed-in`
}

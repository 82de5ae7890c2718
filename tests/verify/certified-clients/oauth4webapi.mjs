// npm oauth4webapi 3, the lower-level client, against a running gateway.
import assert from 'node:assert/strict'
import * as oauth from 'oauth4webapi'
import { EXCHANGE, TICKET, browse, facts, refused, run, ticket } from './harness.mjs'

const insecure = { [oauth.allowInsecureRequests]: true } // plain http on loopback
const issuer = new URL(facts.issuer)
const as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, { ...insecure, algorithm: 'oidc' }))
const { web, keyed, spa, machine, device } = facts.clients
const basic = (one) => oauth.ClientSecretBasic(one.secret)

async function code(one, auth, { par = false, DPoP, scope = 'openid graph:read offline_access' } = {}) {
  const client = { client_id: one.id }
  const verifier = oauth.generateRandomCodeVerifier()
  const state = oauth.generateRandomState(), nonce = oauth.generateRandomNonce()
  const asked = new URLSearchParams({
    client_id: one.id, response_type: 'code', redirect_uri: facts.redirect_uri, scope, state, nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
  })
  const url = new URL(as.authorization_endpoint)
  if (par) {
    const push = async () => oauth.processPushedAuthorizationResponse(as, client, await oauth.pushedAuthorizationRequest(as, client, auth, asked, { ...insecure, DPoP }))
    const { request_uri } = await retried(push, DPoP)
    url.search = new URLSearchParams({ client_id: one.id, request_uri })
  } else url.search = asked
  const answered = oauth.validateAuthResponse(as, client, await browse(url), state)
  const trade = async () => oauth.processAuthorizationCodeResponse(as, client, await oauth.authorizationCodeGrantRequest(as, client, auth, answered, facts.redirect_uri, verifier, { ...insecure, DPoP }), { expectedNonce: nonce, requireIdToken: true })
  return { client, tokens: await retried(trade, DPoP), answered, verifier }
}

async function retried(act, DPoP) {
  try {
    return await act()
  } catch (error) {
    if (DPoP && oauth.isDPoPNonceError(error)) return act()
    throw error
  }
}

await run({
  async 'code and PKCE, the id_token and its signature'() {
    const { tokens, client } = await code(web, basic(web))
    const claims = oauth.getValidatedIdTokenClaims(tokens)
    assert.equal(claims.aud, web.id)
    const told = await oauth.processUserInfoResponse(as, client, claims.sub, await oauth.userInfoRequest(as, client, tokens.access_token, insecure))
    assert.equal(told.sub, claims.sub)
  },
  async 'a code is good once, and its tokens end with the second use'() {
    const { tokens, client, answered, verifier } = await code(web, basic(web))
    await refused('invalid_grant', async () => oauth.processAuthorizationCodeResponse(as, client, await oauth.authorizationCodeGrantRequest(as, client, basic(web), answered, facts.redirect_uri, verifier, insecure)))
    const told = await oauth.processIntrospectionResponse(as, client, await oauth.introspectionRequest(as, client, basic(web), tokens.access_token, insecure))
    assert.equal(told.active, false)
  },
  async 'pushed request with private_key_jwt'() {
    const key = await crypto.subtle.importKey('jwk', keyed.jwk, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign'])
    const { tokens } = await code(keyed, oauth.PrivateKeyJwt({ key, kid: keyed.jwk.kid }), { par: true })
    assert.ok(tokens.access_token)
  },
  async 'DPoP with nonces'() {
    const client = { client_id: spa.id }
    const DPoP = oauth.DPoP(client, await oauth.generateKeyPair('ES256'))
    const { tokens } = await code(spa, oauth.None(), { par: true, DPoP })
    assert.equal(tokens.token_type, 'dpop')
    const send = () => oauth.protectedResourceRequest(tokens.access_token, 'POST', new URL(facts.graphql), new Headers({ 'content-type': 'application/json' }), '{"query":"{ viewer { displayName } }"}', { ...insecure, DPoP })
    let answer
    try { answer = await send() } catch (error) { if (!oauth.isDPoPNonceError(error)) throw error; answer = await send() }
    assert.ok((await answer.json()).data.viewer)
    const refreshed = async () => oauth.processRefreshTokenResponse(as, client, await oauth.refreshTokenGrantRequest(as, client, oauth.None(), tokens.refresh_token, { ...insecure, DPoP }))
    assert.ok((await retried(refreshed, DPoP)).refresh_token)
  },
  async 'refresh, revocation'() {
    const { tokens, client } = await code(web, basic(web))
    const next = await oauth.processRefreshTokenResponse(as, client, await oauth.refreshTokenGrantRequest(as, client, basic(web), tokens.refresh_token, insecure))
    await oauth.processRevocationResponse(await oauth.revocationRequest(as, client, basic(web), next.refresh_token, insecure))
    await refused('invalid_grant', async () => oauth.processRefreshTokenResponse(as, client, await oauth.refreshTokenGrantRequest(as, client, basic(web), next.refresh_token, insecure)))
  },
  async 'client credentials'() {
    const client = { client_id: machine.id }
    const told = await oauth.processClientCredentialsResponse(as, client, await oauth.clientCredentialsGrantRequest(as, client, basic(machine), new URLSearchParams({ scope: 'opinion:read' }), insecure))
    assert.ok(told.access_token)
  },
  async 'token exchange'() {
    const client = { client_id: spa.id }
    const DPoP = oauth.DPoP(client, await oauth.generateKeyPair('ES256'))
    const form = new URLSearchParams({ subject_token: await ticket(), subject_token_type: TICKET, scope: 'openid graph:read' })
    const trade = async () => oauth.processGenericTokenEndpointResponse(as, client, await oauth.genericTokenEndpointRequest(as, client, oauth.None(), EXCHANGE, form, { ...insecure, DPoP }))
    assert.ok((await retried(trade, DPoP)).access_token)
  },
  async device() {
    const client = { client_id: device.id }
    const asked = await oauth.processDeviceAuthorizationResponse(as, client, await oauth.deviceAuthorizationRequest(as, client, oauth.None(), new URLSearchParams({ scope: 'openid graph:read' }), insecure))
    const poll = async () => oauth.processDeviceCodeResponse(as, client, await oauth.deviceCodeGrantRequest(as, client, oauth.None(), asked.device_code, insecure))
    await refused('authorization_pending', poll)
    await browse(asked.verification_uri_complete, 'allow')
    await new Promise((done) => setTimeout(done, asked.interval * 1000))
    assert.ok((await poll()).access_token)
  },
})

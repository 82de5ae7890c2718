// npm openid-client 6 against a running gateway.
import assert from 'node:assert/strict'
import * as client from 'openid-client'
import { EXCHANGE, TICKET, browse, facts, graphql, refused, run, ticket } from './harness.mjs'

const insecure = { execute: [client.allowInsecureRequests] } // plain http on loopback
const discover = (id, secret, auth = client.ClientSecretBasic(secret)) => client.discovery(new URL(facts.issuer), id, undefined, auth, insecure)
const { web, post, keyed, spa, machine, device } = facts.clients

async function begun(config, more = {}, build = client.buildAuthorizationUrl, options) {
  const verifier = client.randomPKCECodeVerifier()
  const checks = { pkceCodeVerifier: verifier, expectedState: client.randomState(), expectedNonce: client.randomNonce(), idTokenExpected: true }
  const url = await build(config, {
    redirect_uri: facts.redirect_uri, scope: 'openid profile graph:read offline_access',
    code_challenge: await client.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
    state: checks.expectedState, nonce: checks.expectedNonce, ...more,
  }, options)
  return { url, checks }
}

async function signedIn(config, more, build, options) {
  const { url, checks } = await begun(config, more, build, options)
  return client.authorizationCodeGrant(config, await browse(url), checks, undefined, options)
}

await run({
  async discovery() {
    const told = (await discover(web.id, web.secret)).serverMetadata()
    assert.equal(told.issuer, facts.issuer)
    assert.ok(told.supportsPKCE())
    for (const name of ['authorization', 'token', 'userinfo', 'introspection', 'revocation', 'end_session', 'pushed_authorization_request', 'device_authorization', 'registration'])
      assert.ok(told[`${name}_endpoint`], name)
  },
  async 'code and PKCE, userinfo, introspection, revocation'() {
    const config = await discover(web.id, web.secret)
    client.enableNonRepudiationChecks(config)
    const tokens = await signedIn(config)
    const claims = tokens.claims()
    assert.ok(claims.auth_time && claims.acr && claims.amr.length)
    assert.ok((await client.fetchUserInfo(config, tokens.access_token, claims.sub)).name)
    const told = await client.tokenIntrospection(config, tokens.access_token)
    assert.deepEqual([told.active, told.sub, told.client_id], [true, claims.sub, web.id])
    await graphql((url, body) => client.fetchProtectedResource(config, tokens.access_token, new URL(url), 'POST', body, new Headers({ 'content-type': 'application/json' })))
    await client.tokenRevocation(config, tokens.access_token)
    assert.equal((await client.tokenIntrospection(config, tokens.access_token)).active, false)
  },
  async 'a second sign-in shows no page'() {
    const config = await discover(post.id, undefined, client.ClientSecretPost(post.secret))
    const { url, checks } = await begun(config)
    const first = await client.authorizationCodeGrant(config, await browse(url), checks)
    const again = await begun(config, { prompt: 'none' })
    const silent = await client.authorizationCodeGrant(config, await browse(again.url, 'silently'), again.checks)
    assert.equal(silent.claims().sub, first.claims().sub)
  },
  async 'refresh with rotation, and reuse ends the family'() {
    const config = await discover(web.id, web.secret)
    const one = await signedIn(config)
    const two = await client.refreshTokenGrant(config, one.refresh_token)
    assert.notEqual(two.refresh_token, one.refresh_token)
    const lost = await client.refreshTokenGrant(config, one.refresh_token)
    assert.equal(lost.refresh_token, two.refresh_token)
    const three = await client.refreshTokenGrant(config, two.refresh_token)
    await refused('invalid_grant', () => client.refreshTokenGrant(config, one.refresh_token))
    await refused('invalid_grant', () => client.refreshTokenGrant(config, three.refresh_token))
  },
  async 'pushed request'() {
    const config = await discover(web.id, web.secret)
    assert.ok((await signedIn(config, {}, client.buildAuthorizationUrlWithPAR)).access_token)
  },
  async 'private_key_jwt'() {
    const key = await crypto.subtle.importKey('jwk', keyed.jwk, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign'])
    const config = await discover(keyed.id, undefined, client.PrivateKeyJwt({ key, kid: keyed.jwk.kid }))
    assert.ok((await signedIn(config, {}, client.buildAuthorizationUrlWithPAR)).access_token)
    const other = (await client.randomDPoPKeyPair('ES256')).privateKey
    await refused('invalid_client', async () =>
      client.clientCredentialsGrant(await discover(keyed.id, undefined, client.PrivateKeyJwt({ key: other, kid: keyed.jwk.kid }))))
  },
  async 'DPoP for a public client'() {
    const config = await discover(spa.id, undefined, client.None())
    const options = { DPoP: client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256')) }
    const tokens = await signedIn(config, {}, client.buildAuthorizationUrlWithPAR, options)
    assert.equal(tokens.token_type, 'dpop')
    const send = (url, body, how = options) => client.fetchProtectedResource(config, tokens.access_token, new URL(url), 'POST', body, new Headers({ 'content-type': 'application/json' }), how)
    await graphql(send)
    assert.ok(await client.fetchUserInfo(config, tokens.access_token, tokens.claims().sub, options))
    assert.ok((await client.refreshTokenGrant(config, tokens.refresh_token, undefined, options)).access_token)
    const stolen = { DPoP: client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256')) }
    await refused('invalid_grant', async () => client.refreshTokenGrant(config, tokens.refresh_token, undefined, stolen))
    await assert.rejects(send(facts.graphql, '{"query":"{__typename}"}', stolen))
  },
  async 'token exchange'() {
    const config = await discover(spa.id, undefined, client.None())
    const options = { DPoP: client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256')) }
    const form = { subject_token: await ticket(), subject_token_type: TICKET, scope: 'openid graph:read' }
    assert.ok((await client.genericGrantRequest(config, EXCHANGE, form, options)).access_token)
    await refused('invalid_grant', () => client.genericGrantRequest(config, EXCHANGE, form, options))
  },
  async 'client credentials'() {
    const config = await discover(machine.id, machine.secret)
    assert.ok((await client.clientCredentialsGrant(config, { scope: 'opinion:read' })).access_token)
    await refused('invalid_scope', () => client.clientCredentialsGrant(config, { scope: 'duty:write' }))
  },
  async device() {
    const config = await discover(device.id, undefined, client.None())
    const asked = await client.initiateDeviceAuthorization(config, { scope: 'openid graph:read' })
    const waiting = client.pollDeviceAuthorizationGrant(config, asked)
    await browse(asked.verification_uri_complete, 'allow')
    assert.ok((await waiting).access_token)
  },
  async 'dynamic registration'() {
    const config = await client.dynamicClientRegistration(new URL(facts.issuer), { client_name: 'dynamic', redirect_uris: [facts.redirect_uri], grant_types: ['authorization_code'], scope: 'openid graph:read', token_endpoint_auth_method: 'client_secret_post' }, undefined, { ...insecure, initialAccessToken: facts.initial_access_token })
    assert.ok((await signedIn(config, { scope: 'openid graph:read' })).access_token)
  },
  async logout() {
    const config = await discover(web.id, web.secret)
    const tokens = await signedIn(config, { scope: 'openid' }) // offline_access would outlive the session
    const state = client.randomState()
    const url = client.buildEndSessionUrl(config, { id_token_hint: tokens.id_token, post_logout_redirect_uri: facts.post_logout_redirect_uri, state })
    const at = await browse(url)
    assert.equal(at.href, `${facts.post_logout_redirect_uri}?state=${state}`)
    const silent = await begun(config, { prompt: 'none' })
    await refused('login_required', async () => client.authorizationCodeGrant(config, await browse(silent.url, 'silently'), silent.checks))
    assert.equal((await client.tokenIntrospection(config, tokens.access_token)).active, false)
  },
})

// Sign a person in with openid-client 6: a pushed request, code and PKCE, the graph, refresh, sign-out.
//
//   npm ci && npm run build
//   TONGXIN=https://gateway.example.cn CLIENT_ID=c_… CLIENT_SECRET=… npm start
import { createServer } from 'node:http'
import * as oidc from 'openid-client'

const { TONGXIN = '', CLIENT_ID = '', CLIENT_SECRET = '', CALLBACK_PORT = '9000' } = process.env
const callback = `http://127.0.0.1:${CALLBACK_PORT}/callback`

// plain http is for a sandbox on this machine only
const overHttp = TONGXIN.startsWith('http://127.0.0.1') ? { execute: [oidc.allowInsecureRequests] } : undefined
const config = await oidc.discovery(new URL(TONGXIN), CLIENT_ID, CLIENT_SECRET, oidc.ClientSecretBasic(CLIENT_SECRET), overHttp)
oidc.enableNonRepudiationChecks(config) // verify the id_token's signature too

// 1. send the browser; keep these three in the session of this browser
const pkceCodeVerifier = oidc.randomPKCECodeVerifier()
const expectedState = oidc.randomState()
const expectedNonce = oidc.randomNonce()
const address = await oidc.buildAuthorizationUrlWithPAR(config, {
  redirect_uri: callback,
  scope: 'openid profile graph:read',
  code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
  code_challenge_method: 'S256',
  state: expectedState,
  nonce: expectedNonce,
})
console.log('Open this in a browser:', address.href)

// 2. it comes back, and the code becomes tokens; the library checks state, iss, nonce and signature
const came = await waitForCallback()
const tokens = await oidc.authorizationCodeGrant(config, came, { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true })
const person = tokens.claims()!
console.log('Signed in:', person.sub, 'level', person.acr)

// 3. ask the graph
const query = JSON.stringify({ query: '{ viewer { displayName roles } }' })
const json = new Headers({ 'Content-Type': 'application/json' })
const answer = await oidc.fetchProtectedResource(config, tokens.access_token, new URL('/graphql', TONGXIN), 'POST', query, json)
console.log('The graph says:', JSON.stringify(await answer.json()))

// 4. later: a refresh token is good once; keep the new one before you use the new access token
const later = await oidc.refreshTokenGrant(config, tokens.refresh_token!)
console.log('Refreshed:', later.refresh_token !== tokens.refresh_token)

// 5. sign-out: drop your own session, then send the browser to this address
const leaving = oidc.buildEndSessionUrl(config, { id_token_hint: later.id_token ?? tokens.id_token!, post_logout_redirect_uri: `${callback}/signed-out` })
console.log('To sign out, open:', leaving.href)

/** The address the browser comes back by; your web framework does this for you. */
function waitForCallback(): Promise<URL> {
  return new Promise((resolve) => {
    const server = createServer((request, response) => {
      response.end('You can close this window.')
      server.close()
      server.closeAllConnections()
      resolve(new URL(request.url!, callback))
    }).listen(Number(CALLBACK_PORT), '127.0.0.1')
  })
}

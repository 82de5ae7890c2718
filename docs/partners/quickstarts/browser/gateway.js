// Sign-on and the graph for a page in a browser: a public client, its tokens bound to a key of this page (DPoP, RFC 9449).
// No library, only WebCrypto and fetch. Copy it into your project.

const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange'
const TICKET = 'urn:tongxin:params:oauth:token-type:'

/** What the gateway refuses: `code` is OAuth's or GraphQL's. */
export class Refused extends Error {
  constructor(code, message) {
    super(message)
    this.code = code
  }
}

export class Gateway {
  #issuer
  #clientId
  #keys
  #jwk
  #nonce
  #tokens

  /** Make the page's key; it cannot be read out, not even by this page. */
  static async open(issuer, clientId) {
    const gateway = new Gateway()
    gateway.#issuer = issuer
    gateway.#clientId = clientId
    gateway.#keys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])
    const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', gateway.#keys.publicKey)
    gateway.#jwk = { kty, crv, x, y }
    return gateway
  }

  /** Inside an app: trade its ticket; kind is zheliban-unified, zhezhengding-app, … No page is shown. */
  async signInByTicket(kind, ticket, scope) {
    this.#tokens = await this.#trade({ grant_type: EXCHANGE, subject_token: ticket, subject_token_type: TICKET + kind, scope })
    return this.#tokens.scope
  }

  /** In a web page: where to send the browser; `kept` belongs into sessionStorage until it comes back. */
  async beginSignIn(redirectUri, scope, more = {}) {
    const kept = { state: random(), nonce: random(), verifier: random(), redirectUri }
    const asked = {
      response_type: 'code',
      client_id: this.#clientId,
      redirect_uri: redirectUri,
      scope,
      state: kept.state,
      nonce: kept.nonce,
      code_challenge: base64url(await digest(kept.verifier)),
      code_challenge_method: 'S256',
      ...more, // prompt: 'none' asks without a page; acr_values: '2' asks for a verified person
    }
    return { address: `${this.#issuer}/oauth/authorize?${new URLSearchParams(asked)}`, kept }
  }

  /** The browser came back: check that it is ours, and trade the code. */
  async finishSignIn(address, kept) {
    const came = new URL(address).searchParams
    if (came.get('state') !== kept.state || came.get('iss') !== this.#issuer) throw new Refused('state', 'an answer to another question')
    if (came.has('error')) throw new Refused(came.get('error'), came.get('error_description'))
    this.#tokens = await this.#trade({
      grant_type: 'authorization_code',
      code: came.get('code'),
      redirect_uri: kept.redirectUri,
      code_verifier: kept.verifier,
    })
    // it came from the token endpoint itself, by https: claims are read, the signature need not be checked (OpenID Connect Core 3.1.3.7)
    const claims = JSON.parse(atob(this.#tokens.id_token.split('.')[1].replace(/-/g, '+').replace(/_/g, '/')))
    if (claims.nonce !== kept.nonce || claims.iss !== this.#issuer || claims.aud !== this.#clientId) throw new Refused('nonce', 'an id_token for another question')
    return claims
  }

  /** Run an operation; a token that ended is renewed once. */
  async graphql(query, variables = {}) {
    const send = () => this.#send('/graphql', 'application/json', JSON.stringify({ query, variables }), this.#tokens?.access_token)
    let answer = await send()
    if (answer.status === 401 && this.#tokens?.refresh_token) {
      await this.refresh()
      answer = await send()
    }
    return answer.json()
  }

  /** A refresh token is good once, with this page's key only. */
  async refresh() {
    const used = this.#tokens
    this.#tokens = { ...used, ...(await this.#trade({ grant_type: 'refresh_token', refresh_token: used.refresh_token })) }
  }

  /** Where to send the browser to sign out of everything; for a page inside an app, `giveBack` is enough. */
  signOutAddress(postLogoutRedirectUri) {
    const leaving = { id_token_hint: this.#tokens.id_token, post_logout_redirect_uri: postLogoutRedirectUri }
    return `${this.#issuer}/oauth/logout?${new URLSearchParams(leaving)}`
  }

  /** End what this page holds; the browser's session at the gateway goes on. */
  async giveBack() {
    const token = this.#tokens.refresh_token ?? this.#tokens.access_token
    this.#tokens = undefined
    await this.#form('/oauth/revoke', { token })
  }

  async #trade(parameters) {
    const answer = await this.#form('/oauth/token', parameters)
    const body = await answer.json()
    if (!answer.ok) throw new Refused(body.error, body.error_description)
    return body
  }

  #form(path, parameters) {
    return this.#send(path, 'application/x-www-form-urlencoded', new URLSearchParams({ client_id: this.#clientId, ...parameters }).toString())
  }

  /** Send with a fresh proof, and once more with the nonce the gateway wants (RFC 9449 section 8). */
  async #send(path, type, body, token) {
    for (const again of [true, false]) {
      const headers = { 'Content-Type': type, DPoP: await this.#proof(path, token) }
      if (token) headers.Authorization = `DPoP ${token}`
      const answer = await fetch(this.#issuer + path, { method: 'POST', headers, body })
      const nonce = answer.headers.get('DPoP-Nonce')
      const wanted = (answer.status === 400 || answer.status === 401) && nonce && nonce !== this.#nonce
      this.#nonce = nonce ?? this.#nonce
      if (!(again && wanted)) return answer
    }
  }

  /** A proof for one request (RFC 9449 section 4.2). */
  async #proof(path, token) {
    const header = { typ: 'dpop+jwt', alg: 'ES256', jwk: this.#jwk }
    const claims = { jti: random(), htm: 'POST', htu: this.#issuer + path, iat: Math.floor(Date.now() / 1000) }
    if (this.#nonce) claims.nonce = this.#nonce
    if (token) claims.ath = base64url(await digest(token))
    const signed = [header, claims].map((part) => base64url(new TextEncoder().encode(JSON.stringify(part)))).join('.')
    const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, this.#keys.privateKey, new TextEncoder().encode(signed))
    return `${signed}.${base64url(signature)}`
  }
}

function base64url(bytes) {
  return btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
}

function digest(text) {
  return crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
}

function random() {
  return base64url(crypto.getRandomValues(new Uint8Array(32)))
}

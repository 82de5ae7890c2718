// Signs the IDE in with this gateway's own authorization server: a code with PKCE, no refresh token. The access token
// stands in this tab's session storage, and is added to what the IDE sends to /graphql without one of its own, and to what
// it begins a WebSocket with.
const KEPT = 'tongxin_token'
const BEGUN = 'tongxin_sign_in'
const page = new URL(signIn.redirectUri)
const here = location.origin === page.origin

const base64url = bytes => btoa(String.fromCharCode(...bytes)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '')
const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)))
const form = fields => ({ method: 'POST', body: new URLSearchParams({ client_id: signIn.clientId, ...fields }) })

function token() {
  const kept = JSON.parse(sessionStorage.getItem(KEPT) || 'null')
  if (kept && kept.until > Date.now()) return kept.token
  sessionStorage.removeItem(KEPT)
  return null
}

async function begin() {
  if (!here) return location.assign(page.href)
  const begun = { state: random(), verifier: random() }
  sessionStorage.setItem(BEGUN, JSON.stringify(begun))
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(begun.verifier))
  const asked = new URLSearchParams({
    response_type: 'code', client_id: signIn.clientId, redirect_uri: signIn.redirectUri, scope: signIn.scope,
    state: begun.state, code_challenge: base64url(new Uint8Array(digest)), code_challenge_method: 'S256',
  })
  location.assign('/oauth/authorize?' + asked)
}

async function finish() {
  const told = new URLSearchParams(location.search)
  const begun = JSON.parse(sessionStorage.getItem(BEGUN) || 'null')
  if (!told.has('state')) return
  history.replaceState(null, '', location.pathname)
  sessionStorage.removeItem(BEGUN)
  if (!begun || told.get('state') !== begun.state || !told.has('code')) return
  const traded = await fetch('/oauth/token', form({
    grant_type: 'authorization_code', code: told.get('code'), redirect_uri: signIn.redirectUri,
    code_verifier: begun.verifier,
  }))
  const { access_token, expires_in } = await traded.json()
  if (traded.ok) {
    sessionStorage.setItem(KEPT, JSON.stringify({ token: access_token, until: Date.now() + expires_in * 1000 }))
  }
}

async function end() {
  const given = token()
  sessionStorage.removeItem(KEPT)
  show()
  if (given) await fetch('/oauth/revoke', form({ token: given }))
}

const button = document.getElementById('sign-in')
function show() {
  const signed = token() !== null
  button.textContent = signed ? signIn.words.out : signIn.words.in
  button.onclick = signed ? end : begin
}

const toGraph = address => new URL(address, location.href).href === location.origin + '/graphql'
const { open, send, setRequestHeader } = XMLHttpRequest.prototype
XMLHttpRequest.prototype.open = function (method, address, ...more) {
  this.tongxin = toGraph(address)
  return open.call(this, method, address, ...more)
}
XMLHttpRequest.prototype.setRequestHeader = function (name, value) {
  if (name.toLowerCase() === 'authorization') {
    if (!value) return
    this.tongxin = false
  }
  setRequestHeader.call(this, name, value)
}
XMLHttpRequest.prototype.send = function (body) {
  const given = this.tongxin ? token() : null
  if (given) setRequestHeader.call(this, 'Authorization', 'Bearer ' + given)
  send.call(this, body)
}
const plainFetch = window.fetch
window.fetch = function (asked, options) {
  const request = new Request(asked, options)
  if (toGraph(request.url)) {
    const given = token()
    if (!request.headers.get('authorization')) request.headers.delete('authorization')
    if (given && !request.headers.has('authorization')) request.headers.set('authorization', 'Bearer ' + given)
  }
  return plainFetch.call(window, request)
}
// Of a WebSocket the first message says who asks: the payload of connection_init, which Altair lets people write.
const say = WebSocket.prototype.send
WebSocket.prototype.send = function (message) {
  const given = toGraph(this.url.replace(/^ws/, 'http')) ? token() : null
  const told = given && String(message).startsWith('{') ? JSON.parse(message) : {}
  const named = Object.keys(told.payload || {}).some(name => name.toLowerCase() === 'authorization')
  if (told.type !== 'connection_init' || named) return say.call(this, message)
  say.call(this, JSON.stringify({ ...told, payload: { ...told.payload, authorization: 'Bearer ' + given } }))
}

await finish()
show()

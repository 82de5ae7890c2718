// Keeps /ops up to date: on news the page is fetched again as the server draws it, and put in place piece by piece.
// Everything works without this file, by reloading and by following forms.

const OLD_AFTER = 12 // seconds; there is news every ten at the latest
const GIVEN_UP_AFTER = 25 // seconds without a word: the connection is dead, whatever the browser thinks
const page = document.body.dataset
const by = (id) => document.getElementById(id)

let heard = Date.now()
let seen = heard
let drawing = false
let again = false
let events

/** Make `old` like `fresh` in place, so that what is open, chosen or in focus stays so. */
function become(old, fresh) {
  if (old.nodeName !== fresh.nodeName || (old.id ?? '') !== (fresh.id ?? '')) return old.replaceWith(fresh)
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.data !== fresh.data) old.data = fresh.data
    return
  }
  if ('keep' in old.dataset) return
  for (const { name, value } of fresh.attributes) {
    if (old.getAttribute(name) !== value && !(name === 'open')) old.setAttribute(name, value)
  }
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && !(name === 'open')) old.removeAttribute(name)
  }
  let at = old.firstChild
  for (const next of [...fresh.childNodes]) {
    const known = next.id ? [...old.children].find((one) => one.id === next.id) : null
    if (known && known !== at) old.insertBefore(known, at)
    const mine = known ?? at
    at = mine ? mine.nextSibling : null
    if (mine) become(mine, next)
    else old.append(next)
  }
  while (at) {
    const following = at.nextSibling
    at.remove()
    at = following
  }
}

/** Fetch the page and put it in place; one at a time, and once more where news came meanwhile. */
async function draw() {
  if (drawing || document.hidden) {
    again = true
    return
  }
  drawing = true
  again = false
  try {
    const answer = await fetch(location.href, { cache: 'no-store', headers: { Accept: 'text/html' } })
    if (answer.redirected || answer.status === 403) return location.reload() // signed out, or no longer ops
    if (!answer.ok) return
    put(new DOMParser().parseFromString(await answer.text(), 'text/html'))
    seen = Date.now()
    tell()
  } catch {
    // no connection: the clock below says so
  } finally {
    drawing = false
    if (again) setTimeout(draw, 1000)
  }
}

function put(fresh) {
  const focus = document.activeElement?.id
  document.title = fresh.title
  document.querySelector('link[rel=icon]').href = fresh.querySelector('link[rel=icon]').href
  for (const id of ['figures', 'content']) become(by(id), fresh.getElementById(id))
  if (focus && document.activeElement?.id !== focus) by(focus)?.focus({ preventScroll: true })
}

/** Say how old the page is: loudly, once, when there was no news for too long. */
function tell() {
  const quiet = Math.round((Date.now() - seen) / 1000)
  const old = quiet >= OLD_AFTER
  const words = page.old.replace('{n}', quiet)
  document.body.classList.toggle('old', old)
  by('news').textContent = old ? `⚠ −${quiet} s` : `● ${page.live}`
  if (old && by('alarm').hidden) by('alarm').textContent = words
  by('alarm').hidden = !old
  if (Date.now() - heard > GIVEN_UP_AFTER * 1000) listen()
}

/** Wait for news; browsers ask again by themselves, except after an answer that was no stream. */
function listen() {
  events?.close()
  heard = Date.now()
  events = new EventSource('/ops/events')
  events.addEventListener('picture', () => {
    heard = Date.now()
    draw()
  })
  events.onerror = () => {
    if (events.readyState === EventSource.CLOSED) setTimeout(refused, 3000)
  }
}

/** Not let in: drawing finds out why, and goes to sign in where that is the reason. */
function refused() {
  listen()
  draw()
}

/** Ask the question of an act over the page; its form is the server's own. */
async function ask(form) {
  const address = `${form.getAttribute('action')}?${new URLSearchParams(new FormData(form))}`
  const answer = await fetch(address, { headers: { Accept: 'text/html' } }).catch(() => null)
  const question = answer?.ok && !answer.redirected
    ? new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('act') : null
  if (!question) return location.assign(address)
  by('asked').replaceChildren(question)
  by('asked').showModal()
}

document.addEventListener('submit', (event) => {
  if (!('ask' in event.target.dataset)) return
  event.preventDefault()
  ask(event.target)
})

document.addEventListener('click', (event) => {
  if (event.target === by('keys') || by('keys').contains(event.target)) by('help').showModal()
  if (event.target.closest('#asked .cancel')) {
    event.preventDefault()
    by('asked').close()
  }
})

const KEYS = { b: '.trouble .button, .details .button', p: '#platforms', o: '#house', i: '#incidents', d: '#details' }

document.addEventListener('keydown', (event) => {
  const busy = event.ctrlKey || event.metaKey || event.altKey || event.isComposing
  if (busy || !by('keys-on').checked || event.target.closest('input, select, textarea, dialog')) return
  const place = document.querySelector(KEYS[event.key] ?? `[data-key="${CSS.escape(event.key)}"]`)
  if (!place) return
  event.preventDefault()
  place.focus()
  place.scrollIntoView({ block: 'nearest' })
  if ('key' in place.dataset) place.click()
})

by('keys').hidden = false
by('keys-on').checked = localStorage.getItem('keys') !== 'off'
by('keys-on').addEventListener('change', ({ target }) => localStorage.setItem('keys', target.checked ? 'on' : 'off'))
document.addEventListener('visibilitychange', () => document.hidden || draw())

// what was asked for once must not be asked for with every fetch
const kept = new URL(location.href)
for (const once of ['did', 'lang', 'theme']) kept.searchParams.delete(once)
history.replaceState(null, '', kept)

listen()
tell()
setInterval(tell, 1000)

// An operator in front of /ops through an outage of one platform, and everybody in front of /status.
// Takes facts as JSON: gateway, platform (the one that hangs), operator, key, citizen, chromium, pictures (a folder, or none).
import { pause, PHONE, Walk, WIDE } from './visitor.mjs'

const walk = await new Walk(JSON.parse(process.argv[2])).open()
const told = {}
const ops = await walk.visitor()
const { page } = ops

const fault = (method, body) => fetch(`${walk.platform}/sandbox/faults`, { method, body })

async function graphql(query) {
  const asked = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ query }) }
  return (await fetch(`${walk.gateway}/graphql`, asked)).json().catch(() => null)
}

/** What users do meanwhile: one studio after the other, so that no cache has them all. */
async function using(studios, until) {
  for (let turn = 0; !until.over; turn += 1) {
    const id = studios[turn % studios.length]
    await graphql(`{ studio(id: "${id}") { name statistics { followers } questions(first: 3) { nodes { title } } } }`)
    await pause(0.3)
  }
}

/** The six answers: what each says, and whether it is seen without scrolling. */
const answers = () => page.$eval('.trouble', (trouble) => {
  const seen = (one) => one.getBoundingClientRect().top >= 0 && one.getBoundingClientRect().bottom <= innerHeight
  const said = (one) => one.textContent.replace(/\s+/g, ' ').trim()
  const [which, since] = trouble.querySelectorAll('header > *')
  const rest = [...trouble.querySelectorAll('.answers > div')]
  return [which, since, ...rest].map((one) => ({ said: said(one), seen: seen(one) }))
})

async function outOfDate() {
  await page.setOfflineMode(true)
  await ops.until(() => document.body.classList.contains('old') && !document.getElementById('alarm').hidden)
  told.old = await ops.text('#alarm')
  await ops.look('out-of-date')
  await page.setOfflineMode(false)
  await ops.until(() => !document.body.classList.contains('old'))
}

async function press(act, minutes) {
  await page.$eval(`form[data-ask]:has([value="${act}"]) button`, (button) => button.click())
  await page.waitForSelector('#asked[open] form')
  if (minutes) await page.click(`#asked input[value="${minutes}"]`)
}

const confirm = () => ops.leave(() => page.click('#asked button.primary'))

async function keyboard() {
  await page.focus('body')
  await page.keyboard.press('?')
  await page.waitForSelector('#help[open]')
  await ops.look('keys')
  await page.keyboard.press('Escape')
  await page.keyboard.press('i')
  told.focused = [await page.evaluate(() => document.activeElement.id)]
  await page.keyboard.press('b')
  told.focused.push(await page.evaluate(() => document.activeElement.closest('form')?.elements.act.value))
}

async function outage() {
  const { studios } = (await graphql('{ studios(first: 40) { edges { node { id } } } }')).data
  const until = { over: false }
  await fault('PUT', '{"fault": "hang"}')
  const asking = [0, 1, 2].map(() => using(studios.edges.map(({ node }) => node.id), until))
  const whole = ['.ill .fields td', ' .done time', ' .steps .ill'].map((one) => `.trouble${one}`)
  await ops.until((all) => all.every((one) => document.querySelector(one)), whole)
  told.wide = await answers()
  told.headline = await ops.text('#headline-text')
  await ops.look('hanging-wide')
  await ops.dress(PHONE)
  told.phone = await answers()
  await ops.look('hanging-phone')
  await ops.dress(WIDE, 'dark')
  await ops.leave(() => page.click('[data-key=l]'))
  told.english = await answers()
  await ops.look('hanging-wide-dark-en')
  await ops.leave(() => page.click('[data-key=l]'))
  await ops.dress(WIDE)

  await keyboard()
  await press('stale.extend', 30)
  told.question = await ops.text('#question')
  await ops.look('question')
  await page.click('#asked .cancel')
  await press('stale.extend', 30)
  await confirm()
  told.did = await ops.text('#told')
  await page.waitForSelector('form[data-ask] [value="stale.release"]')
  await press('stale.release')
  await confirm()
  await outOfDate()

  until.over = true
  await fault('DELETE')
  await Promise.all(asking)
  await ops.until(() => document.querySelector('#headline.ok') && !document.querySelector('.trouble'))
  await page.waitForSelector('#incidents .badge.ok')
  told.after = await ops.text('#incidents .incidents li:first-child')
  await ops.look('incident')
}

async function withoutScript() {
  await page.setJavaScriptEnabled(false)
  await ops.to('/ops')
  told.plain = await ops.text('#headline')
  await ops.leave(() => page.click('#details form[data-ask] button'))
  told.plainQuestion = [ops.path, await ops.text('h1')]
  await page.setJavaScriptEnabled(true)
}

/** Signed out elsewhere: the open page finds out by itself. */
async function signedOut() {
  await ops.to('/ops')
  await ops.leave(async () => page.deleteCookie(...(await page.cookies())))
  told.out = ops.path
}

async function everybody() {
  const citizen = await walk.visitor()
  await citizen.dress(WIDE)
  for (const [size, scheme, language] of [[WIDE, 'light', 'zh'], [PHONE, 'dark', 'en']]) {
    await citizen.dress(size, scheme)
    await citizen.to(`/status?lang=${language}`)
    await citizen.look(`status-${size === WIDE ? 'wide' : 'phone-dark-en'}`)
  }
  await citizen.to('/ops')
  await citizen.signIn('zheliban-unified', walk.citizen)
  told.citizen = [citizen.path, await citizen.text('h1')]
  await citizen.look('no-operator')
}

try {
  await ops.dress(WIDE)
  await ops.to('/ops')
  told.first = ops.path
  await ops.signIn('zhezhengding-qr', walk.operator)
  await ops.proveFactor(walk.key)
  told.back = ops.path
  await ops.until(() => document.getElementById('news').textContent)
  await ops.look('well')
  await outage()
  await withoutScript()
  await signedOut()
  await everybody()
} catch (stuck) {
  walk.faults.push(`${page.url()}: ${stuck.stack}`)
  await fault('DELETE')
}
await walk.browser.close()
process.stdout.write(JSON.stringify({ ...told, looked: walk.looked, faults: walk.faults }), () => process.exit())

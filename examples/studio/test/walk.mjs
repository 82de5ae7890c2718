// Walks the app in Chromium as people would: anyone to a studio and a question, staff to the cockpit, and out again.
// Prints what was done, line by line; ends with 1 on a console error, a fault by axe-core, or a page too wide.
// PAGE, PERSON, CHROMIUM; WORK_APP, the sandbox's work app, is made ill for one page; PICTURES is a folder for screenshots.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import puppeteer from 'puppeteer-core'

const { PAGE = 'http://127.0.0.1:5173', PERSON = 'official-0001', CHROMIUM = 'chromium', WORK_APP = 'http://127.0.0.1:8102', PICTURES } = process.env
const RULES = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']
const axe = readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8')
const faults = []
const [unloaded, nonces] = [[], []]

const browser = await puppeteer.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--lang=zh-CN'] })
const page = await browser.newPage()
page.setDefaultTimeout(30_000)
page.on('pageerror', (error) => faults.push(`${page.url()}: ${error}`))
page.on('console', (line) => {
  if (!page.url().startsWith(PAGE) || !['error', 'warn'].includes(line.type())) return
  const { url } = line.location()
  if (line.text().startsWith('Failed to load resource')) unloaded.push(url)
  else faults.push(`${page.url()}: ${line.text()} ${url}`)
})
// the first call with a key is answered by the nonce it wants (RFC 9449 section 8), which browsers print as an error
page.on('response', async (answer) => {
  const told = answer.headers()['www-authenticate'] ?? (answer.status() === 400 ? await answer.text().catch(() => '') : '')
  if (told.includes('use_dpop_nonce')) nonces.push(answer.url())
})

const say = (told) => process.stdout.write(`${told}\n`)
const many = (selector) => page.$$eval(selector, (found) => found.length)
const until = (selector, least = 1) => page.waitForFunction((s, n) => document.querySelectorAll(s).length >= n, {}, selector, least)
const press = (selector) => page.locator(selector).click()

async function dress(width, scheme, language) {
  await page.setViewport({ width, height: width < 600 ? 844 : 900 })
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }, { name: 'prefers-reduced-motion', value: 'reduce' }])
  await page.evaluate((chosen) => localStorage.setItem('language', chosen), language)
}

async function look(name, fullPage = false) {
  await page.waitForFunction(() => [...document.images].every((one) => one.complete || one.getBoundingClientRect().top > innerHeight))
  const found = await page.evaluate(`${axe}; axe.run(document, { runOnly: ${JSON.stringify(RULES)} })`)
  assert.ok(found.passes.length > 10)
  for (const { id, nodes } of found.violations) faults.push(`${name}: ${id}: ${nodes.map(({ html }) => html).join(' ')}`)
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/example-${name}.png`, fullPage })
  const { width, ...rest } = page.viewport()
  await page.setViewport({ ...rest, width: width < 600 ? 320 : width }) // the narrowest phones
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  if (wide > 0) faults.push(`${name}: ${wide} px too wide`)
  await page.setViewport({ ...rest, width })
  say(`looked at ${name}: ${found.passes.length} rules hold`)
}

async function directory(view) {
  await page.goto(PAGE)
  await until('.card', 12)
  await look(`directory-${view}`)
}

async function studio(view) {
  await press('.card h2 a')
  await until('.said .reply')
  await until('.members li')
  await look(`studio-${view}`)
}

async function question(view) {
  await press('.said h3 a')
  await until('.steps li', 2)
  assert.equal(await page.evaluate(() => document.activeElement.tagName), 'H1')
  await look(`question-${view}`)
}

async function outage() {
  await page.goto(`${PAGE}/?order=RATING_DESC&region=331081`)
  await until('.card', 2)
  const faulty = (method, body) => fetch(`${WORK_APP}/sandbox/faults`, { method, body })
  await faulty('PUT', '{"fault": "refuse"}')
  try {
    await press('.cards li:last-child h2 a')
    await until('.notice li')
    await until('.members li')
    await look('outage-wide')
  } finally {
    await faulty('DELETE')
  }
  await press('.notice button')
  await page.waitForFunction(() => !document.querySelector('.notice'))
  say('the work app was down: the rest stood, and it came back')
}

async function walk() {
  await page.goto(PAGE)
  await dress(1280, 'light', 'zh-CN')
  await directory('wide')
  await press('main > .more')
  await until('.card', 13)
  await page.focus('.chips input')
  await page.keyboard.press('ArrowRight')
  await page.waitForFunction(() => location.search.includes('category=LAW') && document.querySelectorAll('.card').length < 12)
  assert.ok(await many('.card') > 0)
  say('filtered by the keyboard')
  await directory('wide')
  await studio('wide')
  await question('wide')

  await outage()

  await press('nav a[href="/cockpit"]')
  await until('main .firm')
  await look('gate-wide')
  await Promise.all([page.waitForNavigation(), press('main .firm')])
  await Promise.all([page.waitForNavigation(), press('a[href*="form=zhezhengding-qr"]')])
  await page.waitForSelector(`input[value="${PERSON}"]`)
  await page.$eval(`input[value="${PERSON}"]`, (one) => one.click())
  await Promise.all([page.waitForNavigation(), page.$eval(`input[value="${PERSON}"]`, (one) => one.form.requestSubmit())])
  if (await page.$('button[value=yes]')) await Promise.all([page.waitForNavigation(), press('button[value=yes]')])
  await until('.chart .bar', 60)
  assert.equal(new URL(page.url()).pathname, '/cockpit')
  say('signed in as staff')
  for (let tries = 0; tries < 30 && !(await many('.topics li')); tries += 1) { // a gateway just started is still counting
    await new Promise((done) => setTimeout(done, 2000))
    await page.reload()
    await until('.chart .bar', 60)
  }
  assert.ok(await many('.topics li'))
  await look('cockpit-wide', true)
  await page.focus('.chips input:checked')
  await page.keyboard.press('ArrowLeft')
  await page.waitForFunction(() => document.querySelectorAll('.chart .bar').length === 14)
  await press('.panel.wide table a[href*="region="]')
  await page.waitForFunction(() => document.querySelector('h1')?.textContent.includes('·') && document.querySelector('.lead a'))
  say('a week, and a place below')
  await page.reload()
  await until('.chart .bar')
  say('still signed in after a reload')

  await dress(390, 'dark', 'en')
  await directory('phone')
  await studio('phone')
  await question('phone')
  await press('nav a[href="/cockpit"]')
  await until('.chart .bar', 60)
  await look('cockpit-phone')
  await Promise.all([page.waitForNavigation(), press('.who button:last-child')])
  await until('.who .firm')
  await page.reload()
  await until('.who .firm')
  say('signed out')
}

await walk().catch((stuck) => faults.push(`${page.url()}: ${stuck.stack}`))
await browser.close()
for (const url of nonces) {
  const place = unloaded.indexOf(url)
  if (place >= 0) unloaded.splice(place, 1)
}
faults.push(...unloaded.map((url) => `not loaded: ${url}`))
for (const fault of faults) say(`fault: ${fault}`)
say(faults.length ? `${faults.length} faults` : 'no faults')
process.exitCode = faults.length ? 1 : 0

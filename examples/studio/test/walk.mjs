// Walks the app in Chromium as people would: anyone to a studio and a question, staff to the cockpit, and out again.
// Prints what was done, line by line; ends with 1 on a console error, a fault by axe-core, or a page too wide.
// PERSON is of an office; WORK_APP, the sandbox's work app, is made ill for one page; more in browser.mjs.
import assert from 'node:assert/strict'
import { PAGE, say, visitor, walked, whileIll } from './browser.mjs'

const { PERSON = 'official-0001', WORK_APP = 'http://127.0.0.1:8102' } = process.env
const anyone = await visitor()
const { page } = anyone

async function directory(view) {
  await page.goto(PAGE)
  await anyone.until('.card', 12)
  await anyone.look(`directory-${view}`)
}

async function studio(view) {
  await anyone.press('.card h2 a')
  await anyone.until('.said .reply')
  await anyone.until('.members li')
  await anyone.look(`studio-${view}`)
}

async function question(view) {
  await anyone.press('.said h3 a')
  await anyone.until('.steps li', 2)
  assert.equal(await page.evaluate(() => document.activeElement.tagName), 'H1')
  await anyone.look(`question-${view}`)
}

async function outage() {
  await page.goto(`${PAGE}/?order=RATING_DESC&region=331081`)
  await anyone.until('.card', 2)
  await whileIll(WORK_APP, async () => {
    await anyone.press('.cards li:last-child h2 a')
    await anyone.until('.notice li')
    await anyone.until('.members li')
    await anyone.look('outage-wide')
  })
  await anyone.press('.notice button')
  await page.waitForFunction(() => !document.querySelector('.notice'))
  say('the work app was down: the rest stood, and it came back')
}

async function walk() {
  await anyone.dress(1280, 'light', 'zh-CN')
  await directory('wide')
  await anyone.press('main > .more')
  await anyone.until('.card', 13)
  await page.focus('.chips input')
  await page.keyboard.press('ArrowRight')
  await page.waitForFunction(() => location.search.includes('category=LAW') && document.querySelectorAll('.card').length < 12)
  assert.ok(await anyone.many('.card') > 0)
  say('filtered by the keyboard')
  await directory('wide')
  await studio('wide')
  await question('wide')

  await outage()

  await anyone.press('nav a[href="/cockpit"]')
  await anyone.until('main .firm')
  await anyone.look('gate-wide')
  await anyone.signIn('zhezhengding-qr', PERSON)
  await anyone.until('.chart .bar', 60)
  assert.equal(new URL(page.url()).pathname, '/cockpit')
  say('signed in as staff')
  for (let tries = 0; tries < 30 && !(await anyone.many('.topics li')); tries += 1) { // a gateway just started is still counting
    await new Promise((done) => setTimeout(done, 2000))
    await page.reload()
    await anyone.until('.chart .bar', 60)
  }
  assert.ok(await anyone.many('.topics li'))
  await anyone.look('cockpit-wide', true)
  await page.focus('.chips input:checked')
  await page.keyboard.press('ArrowLeft')
  await page.waitForFunction(() => document.querySelectorAll('.chart .bar').length === 14)
  await anyone.press('.panel.wide table a[href*="region="]')
  await page.waitForFunction(() => document.querySelector('h1')?.textContent.includes('·') && document.querySelector('.lead a'))
  say('a week, and a place below')
  await page.reload()
  await anyone.until('.chart .bar')
  say('still signed in after a reload')

  await anyone.dress(390, 'dark', 'en')
  await directory('phone')
  await studio('phone')
  await question('phone')
  await anyone.press('nav a[href="/cockpit"]')
  await anyone.until('.chart .bar', 60)
  await anyone.look('cockpit-phone')
  await anyone.leave('.who button:last-child')
  await anyone.until('.who .firm')
  await page.reload()
  await anyone.until('.who .firm')
  say('signed out')
}

await walked(walk, anyone)

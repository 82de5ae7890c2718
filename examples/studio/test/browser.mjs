// A Chromium that notices what is wrong: errors on the console, faults by axe-core, pages wider than the screen.
// PAGE is where the app is; CHROMIUM; PICTURES is a folder for screenshots.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import puppeteer from 'puppeteer-core'

export const { PAGE = 'http://127.0.0.1:5173' } = process.env
const { CHROMIUM = '/usr/bin/chromium', PICTURES } = process.env
const RULES = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']
const axe = readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8')
const browser = await puppeteer.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--lang=zh-CN'] })
const [faults, unloaded, nonces] = [[], [], []]

export const say = (told) => process.stdout.write(`${told}\n`)

/** Somebody with a browser of their own. */
export async function visitor() {
  const page = await (await browser.createBrowserContext()).newPage()
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
  await page.goto(PAGE)
  return new Visitor(page)
}

class Visitor {
  constructor(page) { this.page = page }

  many(selector) { return this.page.$$eval(selector, (found) => found.length) }
  until(selector, least = 1) { return this.page.waitForFunction((s, n) => document.querySelectorAll(s).length >= n, {}, selector, least) }
  reads(selector, text) { return this.page.waitForFunction((s, t) => [...document.querySelectorAll(s)].some((one) => one.textContent.includes(t)), {}, selector, text) }
  press(selector) { return this.page.locator(selector).click() }
  leave(selector) { return Promise.all([this.page.waitForNavigation(), this.press(selector)]) }
  to(path) { return this.page.goto(`${PAGE}${path}`) }

  async type(selector, text) {
    await this.page.focus(selector)
    await this.page.keyboard.type(text)
  }

  async dress(width, scheme, language) {
    const { page } = this
    await page.setViewport({ width, height: width < 600 ? 844 : 900 })
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }, { name: 'prefers-reduced-motion', value: 'reduce' }])
    await page.evaluate((chosen) => localStorage.setItem('language', chosen), language)
  }

  /** As one of the sandbox's people, by one of the gateway's ways in. */
  async signIn(form, person, button = 'main .firm') {
    const { page } = this
    const one = `input[name=person][value="${person}"]`
    await this.leave(button)
    await this.leave(`a[href*="form=${form}"]`)
    await page.waitForSelector('input[name=q]')
    await page.$eval('input[name=q]', (field, wanted) => { field.value = wanted; field.form.requestSubmit() }, person)
    await page.waitForFunction((wanted) => document.querySelector('input[name=q]')?.defaultValue === wanted, {}, person)
    await page.$eval(one, (found) => found.click())
    await Promise.all([page.waitForNavigation(), page.$eval(one, (found) => found.form.requestSubmit())])
    if (await page.$('button[value=yes]')) await this.leave('button[value=yes]')
  }

  /** Hold the page against what holds for all of them. */
  async look(name, fullPage = false) {
    const { page } = this
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
}

/** Make a platform of the sandbox ill while something is done. */
export async function whileIll(platform, done) {
  const faulty = (method, body) => fetch(`${platform}/sandbox/faults`, { method, body })
  await faulty('PUT', '{"fault": "refuse"}')
  try {
    await done()
  } finally {
    await faulty('DELETE')
  }
}

/** Walk, and tell what was wrong; ends with 1 where anything was. */
export async function walked(walk, ...visitors) {
  await walk().catch((stuck) => faults.push(`${visitors.map(({ page }) => page.url()).join(' ')}: ${stuck.stack}`))
  await browser.close()
  for (const url of nonces) {
    const place = unloaded.indexOf(url)
    if (place >= 0) unloaded.splice(place, 1)
  }
  faults.push(...unloaded.map((url) => `not loaded: ${url}`))
  for (const fault of faults) say(`fault: ${fault}`)
  say(faults.length ? `${faults.length} faults` : 'no faults')
  process.exitCode = faults.length ? 1 : 0
}

// Somebody's browser that notices what is wrong: errors on the console, faults by axe-core, pages wider than the screen.
import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import puppeteer from 'puppeteer-core'

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const axe = readFileSync(new URL('node_modules/axe-core/axe.min.js', import.meta.url), 'utf8')
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
export const WIDE = [1280, 800]
export const PHONE = [390, 844]

export const pause = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000))

export class Walk {
  constructor(facts) {
    Object.assign(this, facts)
    this.faults = []
    this.looked = []
  }

  async open() {
    this.browser = await puppeteer.launch({ executablePath: this.chromium, args: ['--no-sandbox', '--lang=zh-CN'] })
    return this
  }

  /** Somebody with a browser of their own. */
  async visitor() {
    const page = await (await this.browser.createBrowserContext()).newPage()
    page.setDefaultTimeout(60_000)
    await page.setExtraHTTPHeaders({ 'Accept-Language': 'zh-CN' })
    page.on('pageerror', (error) => this.faults.push(`${page.url()}: ${error}`))
    page.on('console', (line) => {
      // refusals that were asked for, and a connection that was cut on purpose, are no faults
      const expected = /ERR_INTERNET_DISCONNECTED|401 \(Unauthorized\)|403 \(Forbidden\)/.test(line.text())
      if (page.url().startsWith(this.gateway) && line.type() === 'error' && !expected) this.faults.push(`${page.url()}: ${line.text()}`)
    })
    return new Visitor(this, page)
  }
}

class Visitor {
  constructor(walk, page) {
    this.walk = walk
    this.page = page
  }

  to(path) { return this.page.goto(`${this.walk.gateway}${path}`) }
  leave(act) { return Promise.all([this.page.waitForNavigation(), act()]) }
  until(claim, ...facts) { return this.page.waitForFunction(claim, {}, ...facts) }
  text(selector) { return this.page.$eval(selector, (found) => found.textContent.replace(/\s+/g, ' ').trim()) }
  get path() { return new URL(this.page.url()).pathname }

  async dress([width, height], scheme = 'light') {
    await this.page.setViewport({ width, height })
    await this.page.emulateMediaFeatures([
      { name: 'prefers-color-scheme', value: scheme },
      { name: 'prefers-reduced-motion', value: 'reduce' },
    ])
  }

  /** As one of the sandbox's people, from wherever signing in was asked for. */
  async signIn(form, person) {
    const { page } = this
    await this.leave(() => page.click(`a[href*="form=${form}"]`))
    await page.waitForSelector('input[name=q]')
    await this.leave(() => page.$eval('input[name=q]', (field, wanted) => { field.value = wanted; field.form.requestSubmit() }, person))
    await page.$eval(`input[name=person][value="${person}"]`, (found) => found.click())
    await this.leave(() => page.$eval(`input[name=person][value="${person}"]`, (found) => found.form.requestSubmit()))
  }

  /** By the authenticator whose key that is (RFC 6238). */
  async proveFactor(key) {
    await this.page.type('input[name=code]', code(key))
    await this.leave(() => this.page.click('main form button[type=submit]'))
  }

  /** Hold what is seen against what holds for every page, and keep a picture where pictures are wanted. */
  async look(name) {
    const { page, walk } = this
    await page.evaluate(axe)
    const found = await page.evaluate(`axe.run(document, { runOnly: ${JSON.stringify(RULES)} })`)
    for (const { id, nodes } of found.violations) walk.faults.push(`${name}: ${id}: ${nodes.map(({ html }) => html).join(' ')}`)
    const { width, height } = page.viewport()
    if (walk.pictures) await page.screenshot({ path: `${walk.pictures}/${name}.png` })
    if (width < 600) await page.setViewport({ width: 320, height }) // the narrowest phones
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    if (wide > 0) walk.faults.push(`${name}: ${wide} px too wide`)
    await page.setViewport({ width, height })
    walk.looked.push({ name, passes: found.passes.length })
  }
}

function code(key) {
  let bits = ''
  for (const letter of key) bits += LETTERS.indexOf(letter).toString(2).padStart(5, '0')
  const secret = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)))
  const step = Buffer.alloc(8)
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)))
  const digest = createHmac('sha1', secret).update(step).digest()
  const number = digest.readUInt32BE(digest[19] & 15) & 0x7fffffff
  return String(number % 1_000_000).padStart(6, '0')
}

// Looks at pages in Chromium as a person would, then holds them against axe-core; a line of JSON each.
// Then lets a client in by the button, with the pages' own policy in force.
import { readFileSync } from 'node:fs'
import puppeteer from 'puppeteer-core'

const { chromium, base, cookie, pages, asked } = JSON.parse(process.argv[2])
const axe = readFileSync(new URL('node_modules/axe-core/axe.min.js', import.meta.url), 'utf8')
const say = (told) => process.stdout.write(JSON.stringify(told) + '\n')
const VIEWS = [
  { width: 390, query: 'lang=zh&view=plain', scheme: 'light', rules: [] },
  { width: 390, query: 'lang=zh&view=elder', scheme: 'dark', rules: ['wcag2aaa'] },
  { width: 320, query: 'lang=en&view=elder', scheme: 'light', rules: ['wcag2aaa'] },
  { width: 1280, query: 'lang=en&view=plain', scheme: 'dark', rules: [] },
]

const browser = await puppeteer.launch({ executablePath: chromium, args: ['--no-sandbox'] })
const looking = await browser.newPage()
await looking.setBypassCSP(true) // axe is a script, and the pages allow none
await browser.setCookie({ ...cookie, domain: new URL(base).hostname })
for (const { width, query, scheme, rules } of VIEWS) {
  await looking.setViewport({ width, height: 800, isMobile: width < 600 })
  await looking.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }])
  for (const path of pages) {
    await looking.goto(`${base}${path}${path.includes('?') ? '&' : '?'}${query}`)
    const tags = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice', ...rules]
    const found = await looking.evaluate(`${axe}; axe.run(document, { runOnly: ${JSON.stringify(tags)} })`)
    const wide = await looking.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    const faults = found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
    say({ page: path, query, passes: found.passes.length, faults: wide > 0 ? [...faults, `${wide} px too wide`] : faults })
  }
}

const agreeing = await browser.newPage()
await agreeing.goto(base + asked)
const [question] = [agreeing.url()]
await Promise.all([agreeing.waitForNavigation(), agreeing.click('button[value=yes]')])
say({ question, ended: agreeing.url() })
await browser.close()

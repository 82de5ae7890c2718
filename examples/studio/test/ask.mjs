// Walks through asking and answering in Chromium: a citizen follows a studio and asks it, one of its members, whose list is
// open meanwhile, answers, and the citizen reads and rates that. Once an answer is lost on the way, once the citizen app is
// ill. Prints and ends as walk.mjs does. CITIZEN, MEMBER, STUDIO (its id); CITIZEN_APP, the sandbox's; more in browser.mjs.
import assert from 'node:assert/strict'
import { say, visitor, walked, whileIll } from './browser.mjs'

const { CITIZEN = 'citizen-0001', MEMBER = 'member-0201', CITIZEN_APP = 'http://127.0.0.1:8101' } = process.env
const { STUDIO = 'U3R1ZGlvOlMzMzEwMDAwMDAx' } = process.env // of that member
const TITLE = '小区物业三年不公布账目怎么办'
let before = 0
const [citizen, member] = [await visitor(), await visitor()]

async function comeIn() {
  await citizen.dress(1280, 'light', 'zh-CN')
  await citizen.to(`/studios/${STUDIO}`)
  await citizen.until('.members li')
  await citizen.signIn('zheliban-unified', CITIZEN)
  await citizen.until('form.form')
  assert.equal(new URL(citizen.page.url()).pathname, `/studios/${STUDIO}/ask`)
  say('signed in as a citizen, and on with the question')
  await member.dress(1280, 'light', 'zh-CN')
  await member.to('/waiting')
  await member.until('main .firm')
  await member.signIn('zhezhengding-qr', MEMBER)
  await member.until('.waiting')
  await member.page.waitForFunction(() => document.querySelector('.count'))
  say('signed in as a member')
}

/** How many of one's own questions have the title. */
async function own() {
  await citizen.reads('h1', '我的提问')
  await citizen.until('.own h2, .stack > .aside')
  return citizen.page.$$eval('.own h2', (found, title) => found.filter((one) => one.textContent === title).length, TITLE)
}

async function follow() {
  await citizen.to(`/studios/${STUDIO}`)
  await citizen.until('.actions .quiet', 2)
  const followed = await citizen.many('.tag.mine')
  await citizen.press('.actions .quiet')
  await citizen.page.waitForFunction((n) => document.querySelectorAll('.tag.mine').length !== n, {}, followed)
  await citizen.press('.actions .quiet')
  await citizen.page.waitForFunction((n) => document.querySelectorAll('.tag.mine').length === n, {}, followed)
  await citizen.look('ask-studio-wide')
  say('followed and unfollowed')
}

async function mend() {
  await citizen.to('/mine')
  before = await own()
  await citizen.to(`/studios/${STUDIO}`)
  await citizen.press('.actions .firm')
  await citizen.until('form.form')
  await citizen.press('form .firm')
  await citizen.until('[aria-invalid=true] + * .wrong')
  assert.equal(await citizen.page.evaluate(() => document.activeElement.name), 'title')
  await citizen.look('ask-mend-wide')
  say('told at its field what is missing')
}

/** The gateway answers, and that never arrives: then the same is sent again. */
async function ask() {
  await citizen.page.evaluate(() => {
    const real = window.fetch
    window.fetch = async (...given) => {
      const answer = await real(...given)
      if (!answer.ok || !String(given[1]?.body).includes('askQuestion')) return answer
      window.fetch = real
      throw new TypeError('Failed to fetch')
    }
  })
  await citizen.type('input[name=title]', TITLE)
  await citizen.type('textarea[name=body]', '业委会多次要求，物业都不肯公布。我们能向哪里反映，需要准备哪些材料？')
  await citizen.press('.who button')
  await citizen.reads('form .firm', 'Send')
  await citizen.press('.who button')
  await citizen.reads('form .firm', '提交')
  assert.equal(await citizen.page.$eval('input[name=title]', ({ value }) => value), TITLE) // in whatever language
  assert.equal(await citizen.many('.wrong, form .notice'), 0)
  await citizen.look('ask-wide')
  await citizen.press('form .firm')
  await citizen.reads('.notice', '没有收到回应')
  await citizen.page.click('form .firm', { count: 2 })
  await citizen.until('.notice.good')
  await citizen.look('ask-sent-wide')
  await citizen.press('.actions a')
  await citizen.page.waitForFunction((t, n) => [...document.querySelectorAll('.own h2')].filter((one) => one.textContent === t).length > n, {}, TITLE, before)
  assert.equal(await own(), before + 1)
  say('asked, the answer lost, asked again by a double click: there is one')
}

async function answer() {
  await member.reads('.live', TITLE)
  await member.reads('.waiting a', TITLE)
  say('the list of the member had it by itself')
  await member.look('answer-list-wide')
  await member.page.$$eval('.waiting a', (found, title) => found.find((one) => one.textContent === title).click(), TITLE)
  await member.until('form textarea')
  await member.type('form textarea', '可先由业主委员会书面要求公布；仍不公布的，向街道物业管理办公室投诉，带上物业合同和历次函件。')
  await member.look('answer-wide')
  await member.page.focus('form .firm')
  await member.page.keyboard.press('Enter')
  await member.until('.notice.good')
  await member.until('.reply')
  await member.until('[data-effect=DUTY_RECORD][data-status=DONE]')
  await member.look('answer-sent-wide')
  say('answered by the keyboard; it counts as duty')
}

async function rate() {
  await citizen.dress(390, 'dark', 'en')
  await citizen.to('/mine')
  await citizen.reads('.own .reply', '街道物业管理办公室')
  await citizen.look('answer-phone')
  await citizen.press('.own summary')
  await citizen.page.select('.own select[name=score]', '4')
  await citizen.press('.own form .firm')
  await citizen.until('.own .notice.good')
  await citizen.until('.own .rating')
  say('the citizen read it and rated it')
}

/** What the citizen app is too ill for is kept, told so, and there in the end. */
async function keep() {
  await citizen.to(`/studios/${STUDIO}/ask`)
  await citizen.until('form.form')
  await citizen.type('input[name=title]', '电动车充电桩何时安装')
  await citizen.type('textarea[name=body]', '小区没有充电桩。')
  await citizen.look('ask-phone')
  await whileIll(CITIZEN_APP, async () => {
    await citizen.press('form .firm')
    await citizen.until('.notice [data-effect=QUESTION]:not([data-status=DONE])')
    await citizen.look('ask-kept-phone')
  })
  await citizen.until('.notice [data-effect=QUESTION][data-status=DONE]')
  await citizen.press('.actions a')
  await citizen.reads('.own h2', '电动车充电桩何时安装')
  say('kept while the citizen app was ill, and there in the end')
}

async function walk() {
  await comeIn()
  await follow()
  await mend()
  await ask()
  await answer()
  await rate()
  await keep()
}

await walked(walk, citizen, member)

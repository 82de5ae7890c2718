// What both clients' scripts share: their facts, a browser on the other side of the pipe, and one line a step.
import { createInterface } from 'node:readline'
import assert from 'node:assert/strict'

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]()
const say = (told) => process.stdout.write(JSON.stringify(told) + '\n')

/** One line of JSON from the test: issuer, clients, addresses. */
export const facts = JSON.parse((await lines.next()).value)

/** Let the test's browser open an address, signed in as a sandbox person; answers where it ended. */
export async function browse(url, act = 'open') {
  say({ browse: String(url), act })
  return new URL(JSON.parse((await lines.next()).value).at)
}

/** A fresh ticket of the citizen app. */
export async function ticket() {
  say({ ticket: true })
  return JSON.parse((await lines.next()).value).ticket
}

/** Run steps one after the other; each passes or says why it did not. */
export async function run(steps) {
  for (const [step, act] of Object.entries(steps)) {
    try {
      await act()
      say({ step, status: 'ok' })
    } catch (error) {
      say({ step, status: 'failed', why: String(error?.stack ?? error), cause: String(error?.cause?.stack ?? JSON.stringify(error?.cause) ?? '') })
    }
  }
  process.exit(0)
}

/** Expect a refusal with that OAuth error code. */
export async function refused(code, act) {
  await assert.rejects(act, (error) => {
    const told = error.error ?? error.cause?.error ?? error.cause?.[0]?.parameters?.error
    assert.equal(told, code, String(error.stack))
    return true
  })
}

export const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange'
export const TICKET = 'urn:tongxin:params:oauth:token-type:zheliban-unified'

export async function graphql(send) {
  const answer = await send(facts.graphql, JSON.stringify({ query: '{ viewer { displayName } }' }))
  const body = await answer.json()
  assert.ok(body.data?.viewer, JSON.stringify(body))
}

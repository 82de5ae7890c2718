// What the clients' scripts share: one line of JSON a step, what goes over the wire, and what a library complains of.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

const [, , gateway, token] = process.argv;
export const uri = `${gateway}/graphql`;
export const signedIn = { Authorization: `Bearer ${token}` };

/** Every request so far: its method, and whether it carried the operation's text. */
export const sent = [];
const plain = globalThis.fetch;
globalThis.fetch = (url, options = {}) => {
  const body = options.method === "POST" ? String(options.body) : decodeURIComponent(String(url));
  sent.push({ method: options.method ?? "GET", text: /[?&"]query["=]/.test(body) });
  return plain(url, options);
};

const complaints = [];
for (const level of ["warn", "error"]) console[level] = (...told) => complaints.push(told.join(" "));

/** The text of one of the operations front-end teams run. */
export const operation = (name) => readFileSync(`operations/${name}.graphql`, "utf8");

/** What operations of several pages ask, by name, with what they are asked for. */
export const pages = async (ask) => {
  const { studios } = await ask("{ studios(first: 1) { nodes { id region { code } organization { id } } } }");
  const [studio] = studios.nodes;
  const [from, to] = [0, 7].map((days) => new Date(Date.now() + days * 86_400_000).toISOString());
  return {
    "01-studio-directory": { first: 5 },
    "02-studio-page": { id: studio.id, from, to },
    "03-member-workbench": { year: new Date().getFullYear() },
    "16-directory": { rootId: studio.organization.id },
    "19-knowledge-search": { text: "社保", first: 5 },
    "20-search": { text: "法律", first: 10 },
    "22-reading-groups": { first: 3 },
    "23-duty-calendar": { regionCode: studio.region.code, from, to },
  };
};

/** Ask without any library. */
export const bare = async (query, variables = {}) => {
  const options = { method: "POST", headers: { "Content-Type": "application/json", ...signedIn } };
  const answer = await plain(uri, { ...options, body: JSON.stringify({ query, variables }) });
  return (await answer.json()).data;
};

/** Run steps one after the other; each passes, without a word from the library, or says why it did not. */
export async function run(steps) {
  for (const [step, act] of Object.entries(steps)) {
    const told = { step, status: "ok" };
    try {
      await act();
      assert.deepEqual(complaints.splice(0), []);
    } catch (error) {
      complaints.splice(0);
      Object.assign(told, { status: "failed", why: String(error?.stack ?? error) });
    }
    process.stdout.write(JSON.stringify(told) + "\n");
  }
  process.exit(0);
}

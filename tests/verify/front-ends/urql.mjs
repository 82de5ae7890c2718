// urql with its normalised cache (Graphcache), set up as the documentation says.
import assert from "node:assert/strict";
import { gql } from "@urql/core";
import { clientAt } from "./urql.js";
import { bare, operation, pages, run, sent, signedIn, uri } from "./steps.mjs";

const client = clientAt(uri, signedIn);
const LIST = gql`query List($first: Int!, $after: String) {
  studios(first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor } edges { cursor node { id name } } }
}`;
const AGAIN = gql`query Again($id: ID!) { node(id: $id) { id ... on Studio { name phone } } }`;
const NAMES = gql`query Names { search(text: "法律", first: 20) { edges { node { ...Named } } } } fragment Named on Node { __typename id }`;
const FORBIDDEN = gql`{ connectors { platform status } studios(first: 2) { nodes { id name } } }`;
const ask = async (query, variables, requestPolicy = "network-only", of = client) => {
  const { data, error } = await of.query(query, variables, { requestPolicy }).toPromise();
  assert.equal(error, undefined);
  return data;
};

await run({
  "a list is read page by page into one": async () => {
    const { studios } = await ask(LIST, { first: 3 });
    await ask(LIST, { first: 3, after: studios.pageInfo.endCursor });
    const whole = await ask(LIST, { first: 3 }, "cache-only");
    assert.equal(new Set(whole.studios.edges.map((edge) => edge.node.id)).size, 6);
  },
  "an object is one, wherever it stands": async () => {
    const { studios } = await ask(LIST, { first: 3 }, "cache-only");
    const [{ node }] = studios.edges;
    await ask(gql`query One($id: ID!) { studio(id: $id) { id phone } }`, { id: node.id });
    await ask(AGAIN, { id: node.id });
    const again = await ask(AGAIN, { id: node.id }, "cache-only");
    assert.equal(again.node.name, node.name);
  },
  "a fragment on an interface matches in a union": async () => {
    const { search } = await ask(NAMES);
    assert.ok(search.edges.length > 3);
    assert.ok(search.edges.every(({ node }) => node.id && node.__typename));
  },
  "what may not be read leaves the rest": async () => {
    const { data, error } = await clientAt(uri).query(FORBIDDEN, {}).toPromise();
    assert.deepEqual(error.graphQLErrors.map((one) => one.extensions.code), ["FORBIDDEN"]);
    assert.deepEqual([data.connectors, data.studios.nodes.length], [null, 2]);
  },
  "whole pages are read back from the cache": async () => {
    for (const [name, variables] of Object.entries(await pages(bare))) {
      const data = await ask(operation(name), variables);
      assert.deepEqual(await ask(operation(name), variables, "cache-only"), data, name);
    }
  },
  "another client sends only the hash": async () => {
    sent.length = 0;
    await ask(NAMES, {}, "network-only", clientAt(uri, signedIn));
    assert.deepEqual(sent, [{ method: "GET", text: false }]);
  },
  "an unknown hash is followed by the text": async () => {
    sent.length = 0;
    const { studios } = await ask(`{ studios(first: 1) { nodes { at${Date.now()}: name id } } }`, {});
    assert.equal(studios.nodes.length, 1);
    assert.deepEqual(sent.map((one) => one.text), [false, true]);
  },
});

// Apollo Client with its normalised cache, set up as the documentation says.
import assert from "node:assert/strict";
import { gql } from "@apollo/client";
import { clientAt } from "./apollo.js";
import { bare, operation, pages, run, sent, signedIn, uri } from "./steps.mjs";

const client = clientAt(uri, signedIn);
const LIST = gql`query List($first: Int!, $after: String) {
  studios(first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor } edges { cursor node { id name } } }
}`;
const AGAIN = gql`query Again($id: ID!) { node(id: $id) { id ... on Studio { name phone } } }`;
const NAMES = gql`query Names { search(text: "法律", first: 20) { edges { node { ...Named } } } } fragment Named on Node { __typename id }`;
const FORBIDDEN = gql`{ connectors { platform status } studios(first: 2) { nodes { id name } } }`;

await run({
  "a list is read page by page into one": async () => {
    const asked = { query: LIST, variables: { first: 3 } };
    const { data } = await client.query(asked);
    const list = client.watchQuery(asked);
    list.subscribe(() => {});
    await list.fetchMore({ variables: { after: data.studios.pageInfo.endCursor } });
    const { edges, totalCount } = client.readQuery(asked).studios;
    assert.equal(new Set(edges.map((edge) => edge.node.id)).size, 6);
    assert.ok(totalCount >= 6);
  },
  "an object is one, wherever it stands": async () => {
    const list = { query: LIST, variables: { first: 3 } };
    const [{ node }] = client.readQuery(list).studios.edges;
    const again = await client.query({ query: AGAIN, variables: { id: node.id }, fetchPolicy: "network-only" });
    assert.equal(again.data.node.name, node.name);
    const kept = client.cache.extract()[`Studio:${node.id}`];
    assert.ok("phone" in kept && "name" in kept);
    client.cache.modify({ id: `Studio:${node.id}`, fields: { name: () => "改名" } });
    assert.equal(client.readQuery(list).studios.edges[0].node.name, "改名");
  },
  "a fragment on an interface matches in a union": async () => {
    const { data } = await client.query({ query: NAMES });
    assert.ok(data.search.edges.length > 3);
    assert.ok(data.search.edges.every(({ node }) => node.id && node.__typename));
  },
  "what may not be read leaves the rest": async () => {
    const { data, error } = await clientAt(uri).query({ query: FORBIDDEN });
    assert.deepEqual(error.errors.map((one) => one.extensions.code), ["FORBIDDEN"]);
    assert.deepEqual([data.connectors, data.studios.nodes.length], [null, 2]);
  },
  "whole pages are read back from the cache": async () => {
    for (const [name, variables] of Object.entries(await pages(bare))) {
      const query = gql(operation(name));
      const { data } = await client.query({ query, variables, fetchPolicy: "network-only" });
      assert.deepEqual(client.readQuery({ query, variables }), data, name);
    }
  },
  "another client sends only the hash": async () => {
    await client.query({ query: NAMES, fetchPolicy: "network-only" });
    sent.length = 0;
    const other = clientAt(uri, signedIn);
    await other.query({ query: NAMES });
    assert.deepEqual(sent, [{ method: "GET", text: false }]);
  },
  "an unknown hash is followed by the text": async () => {
    sent.length = 0;
    const { data } = await client.query({ query: gql(`{ studios(first: 1) { nodes { at${Date.now()}: name id } } }`) });
    assert.equal(data.studios.nodes.length, 1);
    assert.deepEqual(sent.map((one) => one.text), [false, true]);
  },
});

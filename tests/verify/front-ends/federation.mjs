// A supergraph of this graph and one more, composed and asked as a router does, each step told in a line.
import assert from "node:assert/strict";
import { composeServices } from "@apollo/composition";
import { ApolloGateway, LocalGraphQLDataSource, RemoteGraphQLDataSource } from "@apollo/gateway";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { parse } from "graphql";
import { bare, run, uri } from "./steps.mjs";

const MAPS = parse(`
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])
  type Query { nearest(ids: [ID!]!): [Studio!]! }
  type Studio @key(fields: "id") { id: ID! latitude: Float }
`);
const maps = buildSubgraphSchema({
  typeDefs: MAPS,
  resolvers: {
    Query: { nearest: (_, { ids }) => ids.map((id) => ({ id })) },
    Studio: { __resolveReference: ({ id }) => ({ id }), latitude: ({ id }) => id.length },
  },
});
let supergraph;
let studios;

async function asked(query) {
  const gateway = new ApolloGateway({
    supergraphSdl: supergraph,
    buildService: ({ name }) => (name === "maps" ? new LocalGraphQLDataSource(maps) : new RemoteGraphQLDataSource({ url: uri })),
    logger: { debug() {}, info() {}, warn: console.warn, error: console.error },
  });
  const { executor } = await gateway.load();
  const document = parse(query);
  const cache = { get: async () => undefined, set: async () => {}, delete: async () => {} };
  const request = { query, http: undefined };
  const answer = await executor({ document, request, operation: document.definitions[0], operationName: null, queryHash: query, context: {}, cache, schema: gateway.schema });
  await gateway.stop();
  assert.equal(answer.errors, undefined);
  return answer.data;
}

await run({
  "it composes with another subgraph": async () => {
    const { _service: told } = await bare("{ _service { sdl } }");
    const services = [
      { name: "tongxin", url: uri, typeDefs: parse(told.sdl) },
      { name: "maps", url: "http://maps.example.cn", typeDefs: MAPS },
    ];
    const composed = composeServices(services);
    assert.deepEqual(composed.errors?.map((error) => error.message) ?? [], []);
    supergraph = composed.supergraphSdl;
  },
  "a router adds the other's field to ours": async () => {
    const data = await asked("{ studios(first: 3) { nodes { id name latitude } } }");
    studios = data.studios.nodes;
    assert.ok(studios.every((studio) => studio.name && studio.latitude === studio.id.length));
  },
  "and our fields to what the other finds": async () => {
    const ids = JSON.stringify(studios.map((studio) => studio.id));
    const data = await asked(`{ nearest(ids: ${ids}) { name latitude } }`);
    assert.deepEqual(data.nearest.map((studio) => studio.name), studios.map((studio) => studio.name));
  },
});

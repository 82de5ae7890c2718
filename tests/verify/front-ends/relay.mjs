// Relay's runtime over what its compiler made of src/, by trusted documents, set up as the documentation says.
import assert from "node:assert/strict";
import relay from "relay-runtime";
import more from "./generated/relay/studioListMoreQuery.graphql.js";
import list from "./generated/relay/studioListQuery.graphql.js";
import again from "./generated/relay/studioListStudioQuery.graphql.js";
import root from "./generated/relay/studioList_root.graphql.js";
import studio from "./generated/relay/studioList_studio.graphql.js";
import { environmentAt } from "./relay.js";
import { run, sent, signedIn, uri } from "./steps.mjs";

const environment = environmentAt(uri, signedIn);
const fetched = (query, variables) => relay.fetchQuery(environment, query, variables).toPromise();
const read = (fragment, ref) => environment.lookup(relay.getSelector(fragment, ref)).data;
const studios = async () => read(root, await fetched(list, { first: 3 })).studios;

await run({
  "a list is read page by page into one": async () => {
    const first = await studios();
    const { endCursor } = first.pageInfo;
    const ref = await fetched(more, { first: 3, after: endCursor });
    const whole = read(root, ref).studios.edges.map((edge) => edge.node.id);
    assert.deepEqual(whole.slice(0, 3), first.edges.map((edge) => edge.node.id));
    assert.equal(new Set(whole).size, 6);
  },
  "an object is found again by its id alone": async () => {
    const [{ node }] = (await studios()).edges;
    const answer = await fetched(again, { id: node.id });
    assert.deepEqual(read(studio, answer.node), read(studio, node));
    assert.equal(environment.getStore().getSource().get(node.id).__typename, "Studio");
  },
  "nothing is missing in the store": async () => {
    await fetched(list, { first: 4 });
    const operation = relay.createOperationDescriptor(relay.getRequest(list), { first: 4 });
    environment.retain(operation);
    assert.equal(environment.check(operation).status, "available");
  },
  "only ids go over the wire": async () => assert.ok(sent.length > 3 && sent.every((one) => !one.text)),
});

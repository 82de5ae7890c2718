// So many subscribers of one deliberation, by graphql-ws or graphql-sse: what each heard, how often, how late.
//
//   node listen.mjs GATEWAY TOKEN ws|sse READERS STOPPED STATEMENTS QUERY VARIABLES
//
// Prints "warm" once every reader heard a statement that begins with "warm", "stopped" once those that are to stop
// reading did, and in the end what came of it. Told by a line on its input, the stopped read on.
import { createInterface } from "node:readline";
import { createClient as createSse } from "graphql-sse";
import { createClient as createWs } from "graphql-ws";
import WebSocket from "ws";

const [, , gateway, token, transport, readers, stopped, statements, query, variables] = process.argv;
const [count, halted, expected] = [readers, stopped, statements].map(Number);
const authorization = `Bearer ${token}`;

const sockets = [];
class Kept extends WebSocket {
  constructor(address, protocols) {
    super(address, protocols, { perMessageDeflate: false });
    sockets.push(this);
  }
}

const client = () =>
  transport === "ws"
    ? createWs({ url: `${gateway.replace("http", "ws")}/graphql`, webSocketImpl: Kept, connectionParams: { authorization } })
    : createSse({ url: `${gateway}/graphql`, headers: { authorization } });

const heard = Array.from({ length: count }, () => new Map());
const errors = Array.from({ length: count }, () => []);
const delays = [];
const warmed = new Set();
const reading = count - halted;
let whole = 0;
let doubled = 0;

const tell = (line) => process.stdout.write(`${line}\n`);

const take = (reader, body) => {
  if (body.startsWith("warm")) {
    if (!warmed.has(reader) && warmed.add(reader).size === count) {
      for (const socket of sockets.slice(0, halted)) socket.pause();
      tell("warm");
    }
    return;
  }
  const [, at, number] = body.split("@");
  if (heard[reader].has(number)) doubled += 1;
  heard[reader].set(number, true);
  if (reader < halted) return;
  delays.push(Date.now() - Number(at));
  if (heard[reader].size === expected && ++whole === reading) finish();
};

const finish = () => {
  delays.sort((one, other) => one - other);
  const lost = heard.slice(halted).reduce((sum, each) => sum + expected - each.size, 0);
  const [p50, p95] = [0.5, 0.95].map((part) => delays[Math.floor(delays.length * part)]);
  const { user, system } = process.cpuUsage();
  tell(JSON.stringify({ heard: delays.length, lost, doubled, p50, p95, cpuSeconds: (user + system) / 1e6 }));
  if (!halted) process.exit(0);
};

createInterface({ input: process.stdin }).on("line", async (line) => {
  if (line === "resume") {
    for (const socket of sockets.slice(0, halted)) socket.resume();
    const until = Date.now() + 20_000;
    while (errors.slice(0, halted).some((each) => !each.length) && Date.now() < until)
      await new Promise((resolve) => setTimeout(resolve, 50));
    tell(JSON.stringify({ errors: errors.slice(0, halted).map((each) => each[0] ?? null) }));
    process.exit(0);
  }
  finish();
  process.exit(0);
});

for (let reader = 0; reader < count; reader += 1) {
  client().subscribe(
    { query, variables: JSON.parse(variables) },
    {
      next: ({ data, errors: failed }) => (data?.statementPosted ? take(reader, data.statementPosted.body) : errors[reader].push(failed?.[0]?.extensions?.code)),
      error: (error) => errors[reader].push(Array.isArray(error) ? error[0].extensions.code : String(error.code ?? error)),
      complete: () => {},
    },
  );
  if (reader % 25 === 24) await new Promise((resolve) => setTimeout(resolve, 20));
}

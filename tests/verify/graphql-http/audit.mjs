// Runs every audit of graphql-http against the address given and prints one line of JSON per audit.
import { auditServer } from "graphql-http";

for (const result of await auditServer({ url: process.argv[2] })) {
  const told = { id: result.id, name: result.name, status: result.status, reason: result.reason };
  process.stdout.write(JSON.stringify(told) + "\n");
}

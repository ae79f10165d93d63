import fc from "fast-check";
import { Check } from "typebox/value";
import { afterAll, beforeAll, expect, test } from "vitest";
import { anyFor, type JsonSchema, named } from "../harness/schema-arbitrary.ts";
import { openSession, play } from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";

interface Operation {
  operationId: string;
  parameters: { name: string; in: "path" | "query"; required: boolean; schema: JsonSchema }[];
  requestBody?: { content: Record<string, { schema: JsonSchema }> };
  responses: Record<string, { content?: Record<string, { schema: JsonSchema }> }>;
}

/** These end what the others need: the daemon, or the credential of this test. */
const last = new Set(["postDaemonStop", "postLogout", "deleteDevicesById"]);
/** Requests to each route. */
const runs = 40;

let daemon: TestDaemon;
let operations: { method: string; path: string; operation: Operation }[];

beforeAll(async () => {
  daemon = await startTestDaemon();
  const document = (await (await ask("GET", "/api/openapi.json")).json()) as {
    paths: Record<string, Record<string, Operation>>;
  };
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
});
afterAll(() => daemon.dispose());

function ask(method: string, path: string, body?: unknown): Promise<Response> {
  return fetch(daemon.url + path, {
    method,
    headers: {
      authorization: `Bearer ${daemon.token}`,
      ...(body !== undefined && { "content-type": "application/json" }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

/** Text as it goes into an address; what no address can hold is left out. */
function encoded(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return encodeURIComponent(text.toWellFormed());
}

test("every route of the document, asked with what fits and what does not: no 5xx, and answers as the document says", async () => {
  const opened = await openSession(daemon, { name: "known" });
  await play(opened, [{ text: "Something to look for." }]);
  const { session } = opened;
  const [item] = opened.transcript.items;
  const folder = daemon.folder;
  const always = { id: session, key: item?.key, entry_id: item?.entry, working_dir: folder };
  const asked = new Set<string>();
  const done = new Set<string>();
  // What is deleted cannot be asked any more.
  const inOrder = operations.toSorted((a, b) => Number(a.method === "DELETE") - Number(b.method === "DELETE"));
  for (const { method, path, operation } of inOrder) {
    if (last.has(operation.operationId)) continue;
    const known = { ...always, path: path.includes("bodies") ? "content.0.text" : folder };
    const json = operation.requestBody?.content["application/json"];
    const request = fc.record({
      path: fc.tuple(
        ...operation.parameters
          .filter((parameter) => parameter.in === "path")
          .map(({ name, schema }) => named(name, schema, known)),
      ),
      query: fc.record(
        Object.fromEntries(
          operation.parameters
            .filter((one) => one.in === "query")
            .map((one) => [one.name, named(one.name, one.schema, known)]),
        ),
        {
          requiredKeys: operation.parameters.filter((one) => one.required && one.in === "query").map((one) => one.name),
        },
      ),
      body: json ? anyFor(json.schema, known) : fc.constant(undefined),
    });
    for (const { path: parts, query, body } of fc.sample(request, { numRuns: runs, seed: 7 })) {
      let at = 0;
      const filled = path.replaceAll(/\{\w+\}/g, () => encoded(parts[at++]) || "x");
      const search = Object.entries(query).map(([name, value]) => `${name}=${encoded(value)}`);
      const address = filled + (search.length > 0 ? `?${search.join("&")}` : "");
      const answer = await ask(method, address, body);
      asked.add(operation.operationId);
      if (answer.ok) done.add(operation.operationId);
      const answered = await answer.text();
      const what = `${method} ${address} ${JSON.stringify(body)}: ${answered.slice(0, 300)}`;
      expect(answer.status, what).toBeLessThan(500);
      const described = operation.responses[answer.status] ?? operation.responses["default"];
      const schema = described?.content?.["application/json"]?.schema;
      const fits = !schema || answered === "" || Check(schema, JSON.parse(answered));
      expect(fits, what).toBe(true);
    }
  }
  expect(asked.size).toBe(operations.length - last.size);
  // Otherwise it would say nothing but that nonsense is refused.
  expect(done.size, [...asked].filter((id) => !done.has(id)).join()).toBeGreaterThan(asked.size / 2);
  expect((await ask("GET", `/api/sessions/${session}`)).status).toBeLessThan(500);
});

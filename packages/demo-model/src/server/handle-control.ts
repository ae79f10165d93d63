import type { ServerResponse } from "node:http";
import { gateName } from "../script/step-shapes.ts";
import type { Gates } from "./gates.ts";
import { HttpError } from "./http-error.ts";
import { sendJson } from "./send-json.ts";

/** Lists gates, waits for a stream to arrive at one, or opens one. */
export async function handleControl(
  method: string,
  name: string | undefined,
  response: ServerResponse,
  signal: AbortSignal,
  gates: Gates,
): Promise<void> {
  if (name === undefined) {
    if (method !== "GET") throw new HttpError(405, "method_not_allowed", `Cannot ${method} the list of gates: use GET`);
    sendJson(response, 200, { gates: gates.list() });
    return;
  }
  const right = gateName(name);
  if (right !== undefined) throw new HttpError(400, "invalid_gate", `Cannot use gate "${name}": a name is ${right}`);
  if (method === "POST") sendJson(response, 200, { name, released: gates.open(name) });
  else if (method === "GET") {
    await gates.waitForArrival(name, signal);
    sendJson(response, 200, { name, arrived: true });
  } else
    throw new HttpError(405, "method_not_allowed", `Cannot ${method} a gate: use GET to wait for it, POST to open it`);
}

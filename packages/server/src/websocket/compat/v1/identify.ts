import { PierError } from "@pier/protocol";
import type { Door } from "../../dialect.ts";
import type { SocketAuth, SocketDevice } from "../../socket-auth.ts";
import { closes } from "./codes.ts";
import type { V1Hello } from "./hello.ts";
import { V1Refusal } from "./refusal.ts";
import { isTrustedLoopback } from "./trusted-loopback.ts";

export interface IdentifyOptions {
  /** Who is at the other end, when the upgrade said so. */
  device: SocketDevice | null;
  door: Door;
  address: string;
  auth: SocketAuth;
  trustLoopback?: boolean;
}

/** A program of this machine that shows no credential: enough to work with pi, not to open any file as a session. */
const thisMachine: SocketDevice = { id: "v1-loopback", name: "this machine", scope: "prompt" };

/** Who says this `hello`. @throws V1Refusal `UNAUTHORIZED`, or `INTERNAL_ERROR` when there are too many connections */
export function identify(hello: V1Hello, options: IdentifyOptions): SocketDevice {
  const { device, door, trustLoopback } = options;
  if (device) {
    door.grant(device);
    return device;
  }
  const shown = byToken(hello, options);
  const known = shown.device ?? (trustLoopback && isTrustedLoopback(door) ? thisMachine : null);
  if (!known) throw new V1Refusal("UNAUTHORIZED", shown.problem, closes.refused);
  const tooMany = door.admit(known);
  if (tooMany !== undefined) throw new V1Refusal("INTERNAL_ERROR", tooMany, closes.refused);
  door.grant(known);
  return known;
}

function byToken(hello: V1Hello, { auth, address }: IdentifyOptions): { device: SocketDevice | null; problem: string } {
  if (hello.token === undefined) return { device: null, problem: `No credential was shown: ${remedy}` };
  try {
    const device = auth.authenticateToken(hello.token, address);
    return { device, problem: `The token is not valid (any more): ${remedy}` };
  } catch (error) {
    if (error instanceof PierError && error.code === "RATE_LIMITED") return { device: null, problem: error.message };
    throw error;
  }
}

const remedy = "start the client with --token, a token of `pier pair`.";

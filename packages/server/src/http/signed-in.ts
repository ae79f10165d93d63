import { PierError } from "@pier/protocol";
import type { FastifyRequest } from "fastify";
import type { Device } from "../auth/index.ts";

/** The device of a request on a route that is not public. */
export function signedIn({ device }: FastifyRequest): Device {
  if (!device) throw new PierError("UNAUTHENTICATED", "Sign in first.");
  return device;
}

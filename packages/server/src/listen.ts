import { PierError } from "@pier/protocol";
import type { FastifyInstance } from "fastify";

/**
 * Listens and answers the port.
 *
 * @throws PierError `CONFLICT` when the port is taken, `BAD_REQUEST` when it may not be used
 */
export async function listen(http: FastifyInstance, host: string, port: number): Promise<number> {
  try {
    await http.listen({ host, port });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "EADDRINUSE") {
      throw new PierError(
        "CONFLICT",
        `Port ${port} is taken: stop what listens there, or choose another with --port (0 picks one).`,
        { cause },
      );
    }
    if (code === "EACCES")
      throw new PierError("BAD_REQUEST", `Port ${port} may not be used without more rights: choose one above 1023.`, {
        cause,
      });
    if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND") {
      throw new PierError("BAD_REQUEST", `${host} is no address of this machine: choose another with --host.`, {
        cause,
      });
    }
    throw cause;
  }
  const address = http.server.address();
  return typeof address === "object" && address !== null ? address.port : port;
}

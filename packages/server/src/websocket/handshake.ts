import { closeCodes, type Hello, limits, parseClientFrame, PierError, type Welcome } from "@pier/protocol";
import { chosen, type Dialect, type Door, refusalOf } from "./dialect.ts";
import type { Peer } from "./peer.ts";
import type { SocketAuth, SocketDevice } from "./socket-auth.ts";

export interface HandshakeOptions {
  auth: SocketAuth;
  dialects: ReadonlyMap<number, Dialect>;
  door: Door;
  welcome(device: SocketDevice): Welcome;
  overLimit(device: SocketDevice): string | undefined;
  connect(hello: Hello, device: SocketDevice): void;
}

/**
 * Waits for the first frame and decides what the connection speaks. Until then little is accepted: small frames, one
 * attempt (or a few, where a dialect says so), and not for long.
 */
export function shakeHands(peer: Peer, device: SocketDevice | null, options: HandshakeOptions): void {
  const timer = setTimeout(() => {
    refuse(
      peer,
      new PierError("HELLO_TIMEOUT", `No hello came within ${limits.helloTimeout / 1000} s.`),
      closeCodes.helloTimeout,
    );
  }, limits.helloTimeout);
  void peer.closed.then(() => clearTimeout(timer));
  let attempts = 0;
  peer.listen({
    onText(text) {
      const frame = parseJson(text);
      if (++attempts < maxAttempts && mayTryAgain(peer, frame, options.dialects)) return;
      clearTimeout(timer);
      peer.listen({ onText: () => {}, onBinary: () => {} });
      try {
        greet(peer, text, frame, device, options);
      } catch (error) {
        const known =
          error instanceof PierError ? error : new PierError("INTERNAL", "Something unexpected went wrong.");
        refuse(peer, known, closeCodeOf(known));
      }
    },
    onBinary() {
      refuse(peer, new PierError("BAD_FRAME", "Frames are text: begin with a hello as JSON."), closeCodes.badFrame);
    },
  });
}

/** First frames of one connection, where a dialect lets a client try again. */
const maxAttempts = 10;

/** Whether a dialect answered a first frame that chooses nothing, and lets the client try again. */
function mayTryAgain(peer: Peer, frame: unknown, dialects: ReadonlyMap<number, Dialect>): boolean {
  const refusal = chosen(frame, dialects) ? undefined : refusalOf(frame, dialects);
  if (!refusal || refusal.close) return false;
  peer.send(refusal.error);
  return true;
}

function greet(peer: Peer, text: string, first: unknown, device: SocketDevice | null, options: HandshakeOptions): void {
  const dialect = chosen(first, options.dialects);
  if (dialect && dialect !== "ours") return dialect.start(peer, text, device, options.door);
  const refusal = dialect ? undefined : refusalOf(first, options.dialects);
  if (refusal) {
    peer.send(refusal.error);
    return peer.close(refusal.close?.code ?? closeCodes.badFrame, refusal.close?.reason ?? "too many attempts");
  }
  const frame = parseClientFrame(text);
  if (frame.type !== "hello")
    throw new PierError("HELLO_EXPECTED", `The first frame is ${frame.type}: begin with hello.`);
  if (frame.protocolVersion !== 2) {
    const spoken = [...options.dialects.keys(), 2].join(" or ");
    throw new PierError(
      "INCOMPATIBLE_PROTOCOL",
      `Protocol version ${frame.protocolVersion} is not spoken here: use ${spoken}.`,
    );
  }
  const token = frame.auth?.token;
  const known = device ?? (token === undefined ? null : options.auth.authenticateToken(token, peer.address));
  if (!known) {
    const what = token === undefined ? "No credential was shown" : "The token is not valid (any more)";
    throw new PierError(
      "UNAUTHENTICATED",
      `${what}: pair this device with \`pier pair\` on the machine of the daemon.`,
    );
  }
  const reason = device ? undefined : options.overLimit(known);
  if (reason) throw new PierError("TOO_MANY", reason);
  options.door.grant(known);
  peer.send(JSON.stringify(options.welcome(known)));
  options.connect(frame, known);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function closeCodeOf(error: PierError): number {
  switch (error.code) {
    case "UNAUTHENTICATED":
      return closeCodes.unauthenticated;
    case "INCOMPATIBLE_PROTOCOL":
      return closeCodes.incompatible;
    case "TOO_MANY":
    case "RATE_LIMITED":
      return closeCodes.tooMany;
    default:
      return closeCodes.badFrame;
  }
}

function refuse(peer: Peer, error: PierError, code: number): void {
  peer.send(JSON.stringify({ type: "error", code: error.code, message: error.message, re: "hello" }));
  peer.close(code, error.code);
}

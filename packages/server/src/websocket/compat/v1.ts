import type { Session } from "../../session/session.ts";
import type { Dialect } from "../dialect.ts";
import type { SocketAuth } from "../socket-auth.ts";
import { Connection } from "./v1/connection.ts";
import { parseHello } from "./v1/hello.ts";
import { identify } from "./v1/identify.ts";
import { toRefusal } from "./v1/refusal.ts";
import { refuseFirstFrame } from "./v1/refuse-first-frame.ts";

export interface V1Options {
  auth: SocketAuth;
  serverId: string;
  /** The one session that version 1 knows. @throws PierError, or any error that says why there is none */
  defaultSession(): Promise<Session>;
  /** Lets programs of this machine in without a credential, as `pi-server` did; see `isTrustedLoopback`. */
  trustLoopback?: boolean;
}

/** Version 1 of the protocol, for `pi-server`'s own clients. `README.md` beside this file says what it keeps and what not. */
export function createV1Dialect(options: V1Options): Dialect {
  return {
    start(peer, firstFrame, device, door) {
      try {
        const hello = parseHello(firstFrame);
        const known = identify(hello, { device, door, address: peer.address, ...options });
        void new Connection(peer, hello, known, options).open();
      } catch (error) {
        const { frame, close } = toRefusal(error);
        peer.send(frame);
        peer.close(close.code, close.reason);
      }
    },
    refuse: refuseFirstFrame,
  };
}

import type { Session } from "../../session/session.ts";
import type { Peer } from "../peer.ts";
import type { SocketDevice } from "../socket-auth.ts";
import { PifaceConnection } from "./piface/connection.ts";
import { attentionRequired } from "./piface/messages.ts";

export interface PifaceOptions {
  /** @throws PierError `SESSION_NOT_FOUND` */
  session: (id: string) => Session;
}

/** The sockets that piface's page describes: one for each session, raw records of pi both ways. */
export interface Piface {
  /** Who takes a socket at this address; undefined when it is none of piface's. */
  at(url: string): ((peer: Peer, device: SocketDevice) => void) | undefined;
  /** What the list shows of a session changed: it may have a question. */
  sessionChanged(id: string): void;
}

/** Speaks piface's dialect. `README.md` beside this file says what it keeps and what not. */
export function createPiface(options: PifaceOptions): Piface {
  const connections = new Set<PifaceConnection>();
  /** Questions that were announced, by their sessions. */
  const announced = new Map<string, Set<string>>();
  return {
    at(url) {
      const [, name] = /^\/ws\/sessions\/([^/?]+)\/?(?:\?.*)?$/.exec(url) ?? [];
      if (name === undefined) return undefined;
      return (peer, device) => {
        const connection = new PifaceConnection({ peer, device, find: () => options.session(decoded(name)) });
        connections.add(connection);
        void peer.closed.then(() => connections.delete(connection));
        void connection.open();
      };
    },
    sessionChanged(id) {
      if (connections.size === 0) return announced.clear();
      const dialogs = dialogsOf(options, id);
      const before = announced.get(id);
      for (const dialog of dialogs) {
        if (before?.has(dialog.id)) continue;
        for (const connection of connections) connection.say(attentionRequired(id, dialog));
      }
      if (dialogs.length === 0) announced.delete(id);
      else announced.set(id, new Set(dialogs.map((dialog) => dialog.id)));
    },
  };
}

function dialogsOf({ session }: PifaceOptions, id: string): Session["dialogs"] {
  try {
    return session(id).dialogs;
  } catch {
    // The session is gone, and its questions with it.
    return [];
  }
}

/** An address that is not encoded as it should be names no session. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

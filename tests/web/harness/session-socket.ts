import type { Page, WebSocketRoute } from "playwright-core";

/** The socket between a page and the daemon, which can be looked into and held. Made before the page is opened. */
export interface SessionSocket {
  /** Frames of these types that the page sent so far. */
  sent(type: string): number;
  /** Keeps frames of a type from the page until they are let go; all of them without one. */
  hold(type?: string): void;
  /** Waits until a frame is kept from the page. */
  waitForHeld(): Promise<void>;
  letGo(): void;
}

export async function watchSocket(page: Page): Promise<SessionSocket> {
  const sent: string[] = [];
  const held: (() => void)[] = [];
  let isHeld = (_: string): boolean => false;
  let arrived = Promise.withResolvers<void>();
  await page.routeWebSocket(/\/ws$/, (socket: WebSocketRoute) => {
    const daemon = socket.connectToServer();
    socket.onMessage((message) => {
      sent.push(typeOf(message));
      daemon.send(message);
    });
    daemon.onMessage((message) => {
      if (held.length === 0 && !isHeld(typeOf(message))) return socket.send(message);
      // The order of frames is part of the protocol: what follows waits as well.
      held.push(() => socket.send(message));
      arrived.resolve();
    });
  });
  return {
    sent: (type) => sent.filter((one) => one === type).length,
    hold(type) {
      isHeld = (one) => type === undefined || one === type;
      arrived = Promise.withResolvers();
    },
    waitForHeld: () => arrived.promise,
    letGo() {
      isHeld = () => false;
      for (const send of held.splice(0)) send();
    },
  };
}

function typeOf(message: string | Buffer): string {
  return (JSON.parse(message.toString()) as { type: string }).type;
}

import type { TestDaemon } from "../../harness/test-daemon.ts";

/** A link that lets one device in, as `pier pair` prints it. */
export async function pairingLink(daemon: Pick<TestDaemon, "url" | "token">, scope = "admin"): Promise<string> {
  const answer = await fetch(`${daemon.url}/api/pairing`, {
    method: "POST",
    headers: { authorization: `Bearer ${daemon.token}`, "content-type": "application/json" },
    body: JSON.stringify({ scope }),
  });
  const { secret } = (await answer.json()) as { secret: string };
  return `${daemon.url}/#pair=${secret}`;
}

import type { Elided } from "@pier/protocol";
import { limits } from "../../limits.ts";
import { neutraliseLine } from "../../text/index.ts";
import type { ClientCommand } from "../command.ts";
import { bytes, count } from "../format.ts";
import { elidedBodies } from "./elided-bodies.ts";

/** `//body` */
export const bodyCommand: ClientCommand = {
  name: "body",
  description: "Print a text in full that is shown shortened",
  async run({ attachment, pick, rest, say, wait }) {
    const bodies = elidedBodies(attachment.transcript.items);
    const chosen = await pick<Elided & { href: string }>({
      title: "Print which text in full?",
      choices: bodies.map(({ body, of }) => ({
        value: body,
        label: `${of}: ${neutraliseLine(body.head)}`,
        detail: bytes(body.bytes),
      })),
      empty: "No text is shortened here.",
    });
    if (!chosen) return;
    const text = await wait(`Loading ${bytes(chosen.bytes)}…`, (signal) => rest.body(chosen, { signal }));
    const beyond = text.length - limits.printedBody;
    say(beyond > 0 ? `${text.slice(0, limits.printedBody)}\n… and ${count(beyond)} characters more` : text);
  },
};

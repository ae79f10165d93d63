import type { Attachment } from "@pier/client";
import { neutraliseLine } from "@pier/tui/text";
import { type Chunk, line } from "./render/chunk.ts";
import { statusText } from "./render/status-text.ts";

export interface CommandContext {
  attachment: Attachment;
  show: (chunks: readonly Chunk[]) => void;
  leave: () => void;
  /** Answers the open question with nothing. Returns whether there was one. */
  cancelQuestion: () => boolean;
  settleOffer: (prompt: string, action: "send" | "dismiss") => Promise<void>;
}

interface ClientCommand {
  help: string;
  run: (context: CommandContext, rest: string) => Promise<void> | void;
}

/** Commands of this client; pi's own begin with one slash. */
const clientCommands: Readonly<Record<string, ClientCommand>> = {
  help: { help: "this list", run: ({ show }) => show(helpChunks()) },
  detach: { help: "leave; the session goes on", run: ({ leave }) => leave() },
  status: { help: "session, model, what goes on", run: (context) => context.show(statusChunks(context.attachment)) },
  abort: {
    help: "stop the turn",
    run: async ({ attachment }) => attachment.abort(),
  },
  follow: {
    help: "TEXT  say this when the turn has ended",
    run: async ({ attachment, show }, rest) => {
      if (rest === "") return show([line("//follow takes the text to send.", "warning")]);
      await (attachment.transcript.live.running
        ? attachment.followUp(rest)
        : attachment.prompt(rest, { streamingBehavior: "followUp" }));
    },
  },
  cancel: {
    help: "leave a question without an answer",
    run: ({ cancelQuestion, show }) => {
      if (!cancelQuestion()) show([line("No question is open.", "dim")]);
    },
  },
  send: { help: "send again what pi lost when it ended", run: (context) => settle(context, "send") },
  dismiss: { help: "forget it", run: (context) => settle(context, "dismiss") },
};

const aliases: Readonly<Record<string, string>> = { quit: "detach", exit: "detach" };

/** Runs a line that begins with `//`. */
export async function runClientCommand(context: CommandContext, text: string): Promise<void> {
  const [, name = "", rest = ""] = /^\/\/(\S*)\s*([\s\S]*)$/.exec(text) ?? [];
  const command = Object.hasOwn(clientCommands, aliases[name] ?? name)
    ? clientCommands[aliases[name] ?? name]
    : undefined;
  if (!command) return context.show([line(`There is no //${name}: //help lists what there is.`, "warning")]);
  await command.run(context, rest.trim());
}

function helpChunks(): Chunk[] {
  const rows = Object.entries(clientCommands).map(([name, { help }]) => line(`  //${name.padEnd(8)} ${help}`));
  const others = [
    "  /…         pi's own commands, as typed",
    "  !command   runs a shell command; !! keeps it from the model",
    "  Ctrl+C     stops the turn; again, or when nothing runs, leaves",
  ];
  return [...rows, ...others.map((text) => line(text))];
}

function statusChunks({ transcript, session }: Attachment): Chunk[] {
  const { info, live, ui, presence } = transcript;
  const rows: [string, string | undefined][] = [
    ["session", `${session.slice(0, 8)}${info?.name === undefined ? "" : ` ${neutraliseLine(info.name)}`}`],
    ["folder", info?.cwd],
    ["state", info?.activity],
    [
      "model",
      info?.demo
        ? "demo model"
        : [live.pi?.model?.provider, live.pi?.model?.id ?? info?.model].filter(Boolean).join("/"),
    ],
    ["thinking", live.pi?.thinkingLevel ?? info?.thinkingLevel],
    ["pi", info?.piVersion],
    ["clients", presence.map(({ client, device }) => `${client} (${device})`).join(", ")],
    ["now", statusText({ live, connected: transcript.status === "live", statuses: ui.statuses.values() })],
  ];
  return rows.filter(([, text]) => text).map(([title, text]) => line(`  ${title.padEnd(9)} ${text}`));
}

async function settle({ attachment, show, settleOffer }: CommandContext, action: "send" | "dismiss"): Promise<void> {
  const { offered } = attachment.transcript;
  if (offered.length === 0) return show([line("Nothing waits to be sent again.", "dim")]);
  for (const { id } of offered) await settleOffer(id, action);
}

import type { ClientCommand, CommandContext } from "../command.ts";
import type { NamedRow } from "../rows-block.ts";

/** `//status` */
export const statusCommand: ClientCommand = {
  name: "status",
  description: "Show the connection, the session and who else is here",
  run(context) {
    context.list(statusRows(context));
    return Promise.resolve();
  },
};

function statusRows({ attachment, connection, machine }: CommandContext): NamedRow[] {
  const { info, live, offered, presence, status } = attachment.transcript;
  const name = live.pi?.sessionName ?? info?.name;
  const { model } = live.pi ?? {};
  const rows: [string, string | undefined][] = [
    [
      "Connection",
      `${connection.state.status === "open" && status === "live" ? "open" : connection.state.status} to ${machine ?? "this machine"}`,
    ],
    ["Session", [attachment.session, name].filter(Boolean).join(" · ")],
    ["Folder", info?.cwd],
    ["State", info?.activity],
    ["Model", info?.demo ? "demo model: its answers are scripted" : model && `${model.provider}/${model.id}`],
    ["Thinking", live.pi?.thinkingLevel ?? info?.thinkingLevel],
    ["pi", info?.piVersion],
    ["Here", presence.map(({ client, device }) => `${client} (${device})`).join(", ")],
    ["Queue", queueText(live.queue)],
    ["Lost by pi", offered.length === 0 ? undefined : `${offered.length}: //send sends again, //dismiss forgets`],
  ];
  return rows.flatMap(([title, text]) => (text ? [[title, text] as const] : []));
}

function queueText({ steering, followUp }: { steering: string[]; followUp: string[] }): string | undefined {
  const parts = [
    steering.length > 0 && `${steering.length} to steer`,
    followUp.length > 0 && `${followUp.length} for later`,
  ];
  return parts.filter(Boolean).join(", ") || undefined;
}

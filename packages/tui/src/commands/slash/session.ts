import type { PiSessionStats } from "@pier/client";
import type { ClientCommand, CommandContext } from "../command.ts";
import { count, counted, dollars } from "../format.ts";
import type { NamedRow } from "../rows-block.ts";

/** `/session` */
export const sessionCommand: ClientCommand = {
  name: "session",
  description: "Show tokens, cost, context and where the session is kept",
  async run(context) {
    const stats = await context.attachment.getSessionStats();
    context.list(sessionRows(context, stats));
  },
};

function sessionRows({ attachment, machine }: CommandContext, stats: PiSessionStats): NamedRow[] {
  const { info, live } = attachment.transcript;
  const { tokens, sessionFile } = stats;
  const name = live.pi?.sessionName ?? info?.name;
  const on = machine === null ? "" : ` on ${machine}`;
  const rows: [string, string | undefined][] = [
    ["Name", name],
    ["Session", `${attachment.session} (pi's own id: ${stats.sessionId})`],
    ["Folder", info && `${info.cwd}${on}`] as [string, string],
    ["File", sessionFile === undefined ? "none: it is kept in memory" : `${sessionFile}${on}`],
    ["pi", info?.piVersion],
    [
      "Messages",
      [
        `${count(stats.userMessages)} yours`,
        counted(stats.assistantMessages, "answer"),
        counted(stats.toolCalls, "tool call"),
        `${count(stats.totalMessages)} in all`,
      ].join(", "),
    ],
    [
      "Tokens",
      [
        `${count(tokens.input)} in`,
        `${count(tokens.output)} out`,
        `${count(tokens.cacheRead)} read from the cache`,
        `${count(tokens.cacheWrite)} written to it`,
        `${count(tokens.total)} in all`,
      ].join(", "),
    ],
    ["Cost", dollars(stats.cost)],
    ["Context", contextText(stats.contextUsage)],
  ];
  return rows.flatMap(([title, text]) => (text ? [[title, text] as const] : []));
}

function contextText(usage: PiSessionStats["contextUsage"]): string | undefined {
  if (!usage) return undefined;
  const { tokens, contextWindow, percent } = usage;
  if (tokens === null || percent === null) return `of ${count(contextWindow)}; known after the next answer`;
  return `${count(tokens)} of ${count(contextWindow)} (${percent.toFixed(percent < 10 ? 1 : 0)} %)`;
}

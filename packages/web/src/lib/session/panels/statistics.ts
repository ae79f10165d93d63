import type { PiSessionStats } from "@pier/client";
import type { SessionInfo } from "@pier/protocol";

const grouped = new Intl.NumberFormat();

/** What is known of a session in numbers and places, as rows of a name and what is said of it. */
export function statisticsRows(info: SessionInfo, stats: PiSessionStats, host: string | undefined): [string, string][] {
  const on = host === undefined ? "" : ` on ${host}`;
  const { tokens } = stats;
  const rows: [string, string | undefined][] = [
    [
      "Messages",
      [
        `${n(stats.userMessages)} yours`,
        counted(stats.assistantMessages, "answer"),
        `${n(stats.totalMessages)} in all`,
      ].join(", "),
    ],
    ["Tool calls", n(stats.toolCalls)],
    ["Tokens in", n(tokens.input)],
    ["Tokens out", n(tokens.output)],
    ["From the cache", `${n(tokens.cacheRead)} read, ${n(tokens.cacheWrite)} written`],
    ["Tokens in all", n(tokens.total)],
    ["Context", contextText(stats.contextUsage)],
    ["Cost", `$${stats.cost.toFixed(stats.cost > 0 && stats.cost < 0.1 ? 4 : 2)}`],
    ["Model", [info.provider, info.model].filter(Boolean).join("/")],
    ["Folder", `${info.cwd}${on}`],
    ["File", stats.sessionFile === undefined ? "none: it is kept in memory" : `${stats.sessionFile}${on}`],
    ["Session", info.id],
    ["pi's own id", stats.sessionId],
    ["Version of pi", info.piVersion],
    ["Process", info.pid === undefined ? undefined : String(info.pid)],
  ];
  return rows.flatMap(([name, text]) => (text ? [[name, text] as [string, string]] : []));
}

function n(value: number): string {
  return grouped.format(value);
}

function counted(value: number, noun: string): string {
  return `${n(value)} ${noun}${value === 1 ? "" : "s"}`;
}

function contextText(usage: PiSessionStats["contextUsage"]): string | undefined {
  if (!usage) return undefined;
  const { tokens, contextWindow, percent } = usage;
  if (tokens === null || percent === null) return `of ${n(contextWindow)}; known after the next answer`;
  return `${n(tokens)} of ${n(contextWindow)} (${percent.toFixed(percent < 10 ? 1 : 0)} %)`;
}

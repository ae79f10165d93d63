import type { PiReport } from "@pier/server";
import type { Io } from "../io.ts";
import { homePath } from "../text/home-path.ts";
import type { Paint } from "../text/style.ts";

export interface Welcome {
  report: PiReport;
  dataDir: string;
  /** Lets a first browser in; null when it is not to be shown. */
  link: string | null;
  program: "pier" | "pi-server" | "piface";
  url: string;
  /** Whether the data folder was chosen: every other command has to be told of it, too. */
  ownDataDir: boolean;
  env: Io["env"];
  paint: Paint;
}

/** What a daemon that just started tells: which pi, which models, where its data is, and how to get in. */
export function welcomeLines({ report, dataDir, link, program, url, ownDataDir, env, paint }: Welcome): string[] {
  const line = (title: string, text: string): string => `  ${paint(title.padEnd(8), "dim")} ${text}`;
  const way = (title: string, command: string, what: string): string =>
    line(title, `${paint(command.padEnd(11), "accent")}  ${what}`);
  const ways =
    program === "pi-server"
      ? [
          line(
            "get in",
            paint(
              `pi-client ${url.replace(/^http/, "ws")}${ownDataDir ? ` --data-dir ${quoted(dataDir)}` : ""}`,
              "accent",
            ),
          ),
        ]
      : [
          way("get in", "pier new", "starts a session in your project's folder"),
          way("", "pier attach", "joins one again"),
        ];
  return [
    line("pi", piText(report, env)),
    line("models", modelsText(report, paint)),
    line("data", homePath(dataDir, env)),
    ...(ownDataDir && program !== "pi-server"
      ? [line("", `give every command --data-dir ${quoted(homePath(dataDir, env))}`)]
      : []),
    ...ways,
    way("", "pier pair", "lets a browser, a phone or another machine in"),
    ...(program === "pi-server"
      ? [line("v1", "clients of protocol version 1 on this machine need no credential")]
      : []),
    ...(report.problem === undefined ? [] : [`  ${paint("problem", "bad")}  ${report.problem}`]),
    ...(link === null
      ? []
      : ["", "  This link lets your first browser in, once, within 5 minutes:", `  ${paint(link, "accent")}`]),
  ];
}

function quoted(path: string): string {
  return /^[\w./~-]+$/.test(path) ? path : JSON.stringify(path);
}

function piText({ path, version, source }: PiReport, env: Io["env"]): string {
  if (path === undefined) return "not found: sessions cannot start. `pier doctor` says more";
  const where =
    source === "bundled"
      ? "bundled with Pier"
      : `${homePath(path, env)}${source === undefined ? "" : `, ${sources[source]}`}`;
  return `${version ?? "version unknown"}, ${where}`;
}

const sources = { option: "from --pi-cli-path", environment: "from PIER_PI", path: "from PATH" };

function modelsText({ models, demo }: PiReport, paint: Paint): string {
  const label = paint("demo model", "warning");
  if (demo === "asked") return `${label}, as asked: scripted answers, no real model`;
  if (demo === "no models") return `${label}: pi has no model to use. \`pi\` and /login add one`;
  if (models.length === 0) return "none known";
  const providers = [...new Set(models.map(({ provider }) => provider))];
  const [only] = models;
  if (models.length === 1 && only) return `${only.provider}/${only.id}`;
  const shown = providers.slice(0, 4).join(", ") + (providers.length > 4 ? ", …" : "");
  return `${models.length}, of ${shown}`;
}

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
  env: Io["env"];
  paint: Paint;
}

/** What a daemon that just started tells: which pi, which models, where its data is, and how to get in. */
export function welcomeLines({ report, dataDir, link, program, url, env, paint }: Welcome): string[] {
  const line = (title: string, text: string): string => `  ${paint(title.padEnd(8), "dim")} ${text}`;
  const attach = program === "pi-server" ? `pi-client ${url.replace(/^http/, "ws")}` : "pier attach";
  return [
    line("pi", piText(report, env)),
    line("models", modelsText(report, paint)),
    line("data", homePath(dataDir, env)),
    line(
      "get in",
      `${paint(attach, "accent")} on this machine${program === "pi-server" ? "" : `; ${paint("pier new", "accent")} starts a session in your project's folder`}`,
    ),
    ...(link === null
      ? [line("", `${paint("pier pair", "accent")} lets a browser, a phone or another machine in`)]
      : [
          line("", paint(link, "accent")),
          line("", "lets this first browser in, once, within 5 minutes; later ones with `pier pair`"),
        ]),
    ...(program === "pi-server"
      ? [line("v1", "clients of protocol version 1 on this machine need no credential")]
      : []),
    ...(report.problem === undefined ? [] : [`  ${paint("problem", "bad")}  ${report.problem}`]),
  ];
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
  if (demo === "asked") return `${label}, as asked: answers are scripted, no real model is used`;
  if (demo === "no models")
    return `${label}, because pi has no model to use: run \`pi\` and /login, or set an API key, then restart`;
  if (models.length === 0) return "none known";
  const providers = [...new Set(models.map(({ provider }) => provider))];
  const [only] = models;
  if (models.length === 1 && only) return `${only.provider}/${only.id}`;
  const shown = providers.slice(0, 4).join(", ") + (providers.length > 4 ? ", …" : "");
  return `${models.length}, of ${shown}`;
}

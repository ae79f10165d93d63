import { readdirSync, readFileSync } from "node:fs";
import { extname } from "node:path";
import type { HttpApp } from "./http-app.ts";

const folder = new URL("pages/", import.meta.url);

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** The first pages. They are read once, so no request ever names a file. */
export function pages(app: HttpApp): void {
  for (const name of readdirSync(folder)) {
    const content = readFileSync(new URL(name, folder));
    const type = types[extname(name)];
    if (type === undefined) continue;
    app.get(name === "index.html" ? "/" : `/${name}`, { config: { scope: "public" } }, (_, reply) =>
      reply.type(type).header("cache-control", "no-cache").send(content),
    );
  }
}

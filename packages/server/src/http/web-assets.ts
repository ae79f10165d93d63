import { createHash } from "node:crypto";
import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { extname, join, sep } from "node:path";
import { PierError } from "@pier/protocol";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { HttpApp, HttpParts } from "./http-app.ts";
import { frameHeaders } from "./security-headers.ts";

/** Addresses that show the page; which one it is, the page finds out itself. */
const pageAddresses = ["/", "/session/:id", "/settings", "/sign-in"];

const types: Record<string, string> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
};

/** Pages for frames, with what they may load beside their own scripts. A picture from elsewhere comes when a person asks for it. */
const frames: Readonly<Record<string, readonly string[]>> = {
  "diagram.html": [],
  "remote-image.html": ["img-src https: http:"],
};

/** SvelteKit names what never changes by its content. */
const immutable = "_app/immutable/";

/** One file of the built interface. */
interface Asset {
  /** Absolute path by encoding; `identity` is always there. */
  files: { identity: string; br?: string; gzip?: string };
  type: string;
  etag: string;
  cacheControl: string;
  /** Headers of its own, in place of those that every answer has. */
  headers?: Record<string, string>;
}

/**
 * Serves the built web interface. The folder is listed once, so no request ever names a file that was not there at start;
 * contents are streamed. Without a build the page says how to make one.
 */
export function webAssets(app: HttpApp, { config }: HttpParts): void {
  const folder = config.webFolder;
  const open = { config: { scope: "public" } } as const;
  const page = folder && existsSync(join(folder, "index.html")) ? readPage(folder, config.basePath) : null;
  const sendPage = (reply: FastifyReply, code: 200 | 404): FastifyReply =>
    reply
      .code(code)
      .type("text/html; charset=utf-8")
      .header("cache-control", "no-cache")
      .send(page ?? notBuilt);
  for (const address of pageAddresses) app.get(address, open, (_, reply) => sendPage(reply, page === null ? 404 : 200));
  app.setNotFoundHandler((request, reply) => {
    if (page !== null && isVisit(request)) return sendPage(reply, 404);
    throw nothingThere();
  });
  if (!folder || page === null) return;
  const assets = readAssets(folder);
  for (const name of assets.keys()) {
    if (!name.includes("/")) app.get(`/${name}`, open, (request, reply) => send(request, reply, assets.get(name)));
  }
  app.get("/_app/*", open, (request, reply) => {
    const { "*": rest = "" } = request.params as { "*"?: string };
    return send(request, reply, assets.get(`_app/${rest}`));
  });
}

/** Whether a person went there, who is told so by the page; programs get it as JSON. */
function isVisit({ method, url, headers }: FastifyRequest): boolean {
  return method === "GET" && !url.startsWith("/api") && headers.accept?.includes("text/html") === true;
}

function nothingThere(): PierError {
  return new PierError("NOT_FOUND", "There is nothing at that address.");
}

const notBuilt = `<!doctype html>
<html lang="en">
<meta charset="utf-8"><title>Pier</title>
<p>Pier runs, but its web interface is not built yet. Run <code>npm start</code>, or <code>npm run build</code> and start Pier again.</p>
`;

function readPage(folder: string, basePath: string): string {
  return readFileSync(join(folder, "index.html"), "utf8").replaceAll("%base%", basePath);
}

function readAssets(folder: string): Map<string, Asset> {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => name.replaceAll(sep, "/"));
  const present = new Set(names);
  const assets = new Map<string, Asset>();
  for (const name of names) {
    const type = types[extname(name)];
    const identity = join(folder, name);
    if (type === undefined || name === "index.html" || !statSync(identity).isFile()) continue;
    const isImmutable = name.startsWith(immutable);
    const frame = frames[name];
    assets.set(name, {
      files: {
        identity,
        ...(present.has(`${name}.br`) && { br: `${identity}.br` }),
        ...(present.has(`${name}.gz`) && { gzip: `${identity}.gz` }),
      },
      type,
      etag: isImmutable ? `"${name}"` : `"${createHash("sha256").update(readFileSync(identity)).digest("base64url")}"`,
      cacheControl: isImmutable ? "public, max-age=31536000, immutable" : "no-cache",
      ...(frame && { headers: frameHeaders(scriptDigests(identity), frame) }),
    });
  }
  return assets;
}

function scriptDigests(page: string): string[] {
  const scripts = readFileSync(page, "utf8").matchAll(/<script>([^]*?)<\/script>/g);
  return [...scripts].map(([, script = ""]) => createHash("sha256").update(script).digest("base64"));
}

function send(request: FastifyRequest, reply: FastifyReply, asset: Asset | undefined): FastifyReply {
  if (!asset) throw nothingThere();
  const { files, type, etag, cacheControl, headers } = asset;
  void reply.headers({ etag, "cache-control": cacheControl, vary: "accept-encoding", ...headers }).type(type);
  if (request.headers["if-none-match"]?.includes(etag)) return reply.code(304).send();
  const encoding = encodingFor(request.headers["accept-encoding"] ?? "", files);
  if (encoding !== "identity") void reply.header("content-encoding", encoding);
  const file = files[encoding] ?? files.identity;
  return reply.header("content-length", statSync(file).size).send(createReadStream(file));
}

function encodingFor(accepted: string, files: Asset["files"]): keyof Asset["files"] {
  const names = new Set(accepted.split(",").map((part) => part.trim().split(";")[0]));
  if (files.br && names.has("br")) return "br";
  return files.gzip && names.has("gzip") ? "gzip" : "identity";
}

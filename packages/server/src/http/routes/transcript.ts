import { limits, PierError, SearchSession } from "@pier/protocol";
import Type from "typebox";
import { httpLimits } from "../../limits.ts";
import type { HttpApp, HttpParts } from "../http-app.ts";
import { untrustedHeaders } from "../security-headers.ts";
import { SessionPath } from "./session-path.ts";

const HistoryQuery = Type.Object({
  before: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  messages: Type.Optional(Type.Integer({ minimum: 1, maximum: limits.windowMessages })),
  bytes: Type.Optional(Type.Integer({ minimum: 1024, maximum: limits.windowMax })),
});

const BodyPath = Type.Object({
  ...SessionPath.properties,
  key: Type.String({ minLength: 1, maxLength: httpLimits.pathSegment }),
});
const BodyQuery = Type.Object({ path: Type.String({ minLength: 1, maxLength: httpLimits.bodyPath }) });

const OfferPath = Type.Object({ ...SessionPath.properties, prompt: Type.String({ minLength: 1, maxLength: 100 }) });
const SettleOffer = Type.Object({ action: Type.Enum(["send", "dismiss"]) }, { additionalProperties: false });

/** What was said in a session. */
export function transcriptRoutes(app: HttpApp, { sessions }: HttpParts): void {
  const read = { config: { scope: "read" } } as const;

  app.get(
    "/api/sessions/:id/history",
    { ...read, schema: { params: SessionPath, querystring: HistoryQuery } },
    async ({ params: { id }, query: { before, messages, bytes } }) => {
      const window = { ...(messages !== undefined && { messages }), ...(bytes !== undefined && { bytes }) };
      return sessions.history(id, { ...(before !== undefined && { before }), window });
    },
  );

  app.get(
    "/api/sessions/:id/search",
    { ...read, schema: { params: SessionPath, querystring: SearchSession } },
    async ({ params: { id }, query: { query, limit = httpLimits.foundMessages, before } }, reply) => {
      // Whoever types goes on typing, and does not wait for what was asked before.
      const left = new AbortController();
      reply.raw.once("close", () => left.abort());
      return sessions.search(id, { query, limit, signal: left.signal, ...(before !== undefined && { before }) });
    },
  );

  app.get(
    "/api/sessions/:id/bodies/:key",
    { ...read, schema: { params: BodyPath, querystring: BodyQuery } },
    async ({ params: { id, key }, query: { path } }, reply) => {
      const body = await sessions.body(id, key, parsePath(path));
      return reply.headers(untrustedHeaders).type("text/plain; charset=utf-8").send(body);
    },
  );

  app.get("/api/sessions/:id/logs", { ...read, schema: { params: SessionPath } }, async ({ params: { id } }) => ({
    logs: await sessions.logs(id),
  }));

  app.post(
    "/api/sessions/:id/offered/:prompt",
    { config: { scope: "prompt" }, schema: { params: OfferPath, body: SettleOffer } },
    async ({ params: { id, prompt }, body: { action } }, reply) => {
      await sessions.settleOffer(id, prompt, action);
      return reply.code(204).send();
    },
  );
}

/** `content.0.text`: members divided by dots, each percent-encoded, so that a member may hold a dot. */
function parsePath(path: string): string[] {
  try {
    return path.split(".").map((member) => decodeURIComponent(member));
  } catch (cause) {
    throw new PierError(
      "BAD_REQUEST",
      "The query does not fit: path must be members divided by dots, each percent-encoded.",
      {
        cause,
      },
    );
  }
}

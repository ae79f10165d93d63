import {
  CreateSession,
  ListSessions,
  PierError,
  RemoveSession,
  scopeCovers,
  toSessionRecord,
  UpdateSession,
} from "@pier/protocol";
import type { FastifyRequest } from "fastify";
import { cleanName } from "../../session/clean-name.ts";
import type { CreateOptions } from "../../sessions-service.ts";
import type { HttpApp, HttpParts } from "../http-app.ts";
import { SessionPath } from "./session-path.ts";

/** The list of sessions, and what can be done with one. */
export function sessionRoutes(app: HttpApp, { sessions }: HttpParts): void {
  const read = { config: { scope: "read" } } as const;
  const prompt = { config: { scope: "prompt" } } as const;
  const params = SessionPath;

  app.get("/api/sessions", { ...read, schema: { querystring: ListSessions } }, async ({ query }, reply) => {
    const { sessions: page, total } = await sessions.list(query);
    return reply.header("x-total-count", String(total)).send(page.map(toSessionRecord));
  });

  app.post("/api/sessions", { ...prompt, schema: { body: CreateSession } }, async (request, reply) => {
    const session = await sessions.create(toCreateOptions(request.body, request));
    return reply.code(201).send(toSessionRecord(session));
  });

  app.get("/api/sessions/:id", { ...read, schema: { params } }, ({ params: { id } }) =>
    toSessionRecord(sessions.get(id)),
  );

  app.patch(
    "/api/sessions/:id",
    { ...prompt, schema: { params, body: UpdateSession } },
    async ({ params: { id }, body: { name, render_markdown: renderMarkdown } }) => {
      const change = {
        ...(name !== undefined && { name: nameOf(name) }),
        ...(renderMarkdown !== undefined && { renderMarkdown }),
      };
      return toSessionRecord(await sessions.update(id, change));
    },
  );

  app.delete(
    "/api/sessions/:id",
    { ...prompt, schema: { params, querystring: RemoveSession } },
    ({ params: { id }, query: { permanent = false } }) => sessions.remove(id, permanent),
  );

  app.post("/api/sessions/:id/read", { ...prompt, schema: { params } }, ({ params: { id } }) =>
    toSessionRecord(sessions.markRead(id)),
  );

  app.post("/api/sessions/:id/kill", { ...prompt, schema: { params } }, async ({ params: { id } }) =>
    toSessionRecord(await sessions.kill(id)),
  );

  app.post("/api/sessions/:id/resume", { ...prompt, schema: { params } }, async ({ params: { id } }) =>
    toSessionRecord(await sessions.resume(id)),
  );

  app.get("/api/models", read, () => sessions.models());
}

function nameOf(given: string): string {
  const name = cleanName(given);
  if (name === null) throw new PierError("BAD_REQUEST", "The body does not fit: name has nothing that can be seen.");
  return name;
}

function toCreateOptions(body: CreateSession, { device }: FastifyRequest): CreateOptions {
  const { working_dir: cwd, thinking_level: thinkingLevel, pi_args: piArgs, use_direnv: useDirenv, ...same } = body;
  // Options of pi load extensions and choose folders: that is as good as a shell outside any session.
  if (piArgs?.length && !(device && scopeCovers(device.scope, "admin"))) {
    throw new PierError("FORBIDDEN", "pi_args needs the scope admin: leave it away, or pair this device as admin.");
  }
  return {
    ...same,
    cwd,
    ...(thinkingLevel !== undefined && { thinkingLevel }),
    ...(piArgs !== undefined && { piArgs }),
    ...(useDirenv !== undefined && { useDirenv }),
  };
}

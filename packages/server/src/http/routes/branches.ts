import { BranchSession, toSessionRecord } from "@pier/protocol";
import type { HttpApp, HttpParts } from "../http-app.ts";
import { SessionPath } from "./session-path.ts";

/** New sessions that go on before a message of another one. */
export function branchRoutes(app: HttpApp, { branches }: HttpParts): void {
  app.get(
    "/api/sessions/:id/fork-messages",
    { config: { scope: "read" }, schema: { params: SessionPath } },
    ({ params: { id } }) => branches.list(id),
  );

  app.post(
    "/api/sessions/:id/branch",
    { config: { scope: "prompt" }, schema: { params: SessionPath, body: BranchSession } },
    async ({ params: { id }, body: { entry_id: entry, name } }, reply) => {
      const { info, text } = await branches.create(id, entry, name);
      return reply.code(201).send({ ...toSessionRecord(info), editor_text: text });
    },
  );
}

import { AllowDirenv, ReadWorkspaceConfig, RemoveWorktree, WriteWorkspaceConfig } from "@pier/protocol";
import type { HttpApp, HttpParts } from "../http-app.ts";
import { SessionPath } from "./session-path.ts";

/** What a project says of its sessions. */
export function workspaceRoutes(app: HttpApp, { sessions, allowDirenv, workspaceConfigs }: HttpParts): void {
  const prompt = { config: { scope: "prompt" } } as const;

  app.get(
    "/api/workspace/config",
    { config: { scope: "read" }, schema: { querystring: ReadWorkspaceConfig } },
    ({ query: { path } }) => workspaceConfigs.read(path),
  );

  app.put("/api/workspace/config", { ...prompt, schema: { body: WriteWorkspaceConfig } }, async (request) => {
    const { path, config } = request.body;
    request.target = path;
    return workspaceConfigs.write(path, config);
  });

  app.get(
    "/api/sessions/:id/worktree",
    { config: { scope: "read" }, schema: { params: SessionPath } },
    ({ params: { id } }) => sessions.worktree(id),
  );

  app.delete(
    "/api/sessions/:id/worktree",
    { ...prompt, schema: { params: SessionPath, querystring: RemoveWorktree } },
    async ({ params: { id }, query: { keep_branch: keepBranch = false } }, reply) => {
      await sessions.removeWorktree(id, keepBranch);
      return reply.code(204).send();
    },
  );

  // Whoever may prompt can have pi run this in a shell: asking for more would only be in the way.
  app.post("/api/direnv/allow", { ...prompt, schema: { body: AllowDirenv } }, async (request) => {
    const { path } = request.body;
    request.target = path;
    return { path: await allowDirenv(path) };
  });
}

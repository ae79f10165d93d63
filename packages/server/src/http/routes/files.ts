import { CompleteFolder, ListFolder, SearchFiles } from "@pier/protocol";
import { httpLimits } from "../../limits.ts";
import type { HttpApp, HttpParts } from "../http-app.ts";
import { SessionPath } from "./session-path.ts";

/** Folders of this machine, and the files of a session's folder. */
export function fileRoutes(app: HttpApp, { sessions, files }: HttpParts): void {
  const read = { config: { scope: "read" } } as const;

  app.get("/api/fs/list", { ...read, schema: { querystring: ListFolder } }, ({ query: { path = "~" } }) =>
    files.list(path),
  );

  app.get("/api/fs/complete", { ...read, schema: { querystring: CompleteFolder } }, ({ query: { prefix = "" } }) =>
    files.complete(prefix),
  );

  app.get(
    "/api/sessions/:id/files",
    { ...read, schema: { params: SessionPath, querystring: SearchFiles } },
    ({ params: { id }, query: { query = "", limit = httpLimits.foundFiles } }) =>
      files.search(sessions.get(id).cwd, query, limit),
  );
}

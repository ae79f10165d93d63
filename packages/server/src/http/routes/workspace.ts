import { AllowDirenv } from "@pier/protocol";
import type { HttpApp, HttpParts } from "../http-app.ts";

/** What a project says of its sessions. */
export function workspaceRoutes(app: HttpApp, { allowDirenv }: HttpParts): void {
  // Whoever may prompt can have pi run this in a shell: asking for more would only be in the way.
  app.post("/api/direnv/allow", { config: { scope: "prompt" }, schema: { body: AllowDirenv } }, async (request) => {
    request.target = request.body.path;
    return { path: await allowDirenv(request.body.path) };
  });
}

import type { HttpApp, HttpParts } from "../http-app.ts";
import { docsPage, docsStyle } from "../openapi/docs-page.ts";
import { type OpenApi, openApiDocument } from "../openapi/document.ts";

/** The reference of the API: for programs, and to read. */
export function openApiRoutes(app: HttpApp, { config, version }: HttpParts): void {
  const read = { config: { scope: "read" } } as const;
  let document: OpenApi | undefined;
  // Made when the first one asks: all routes are there by then.
  const made = (): OpenApi => (document ??= openApiDocument(app.routeList, version, `${config.basePath}/`));

  app.get("/api/openapi.json", read, () => made());
  app.get("/api/docs", read, (_, reply) => reply.type("text/html; charset=utf-8").send(docsPage(made())));
  app.get("/api/docs.css", read, (_, reply) => reply.type("text/css; charset=utf-8").send(docsStyle));
}

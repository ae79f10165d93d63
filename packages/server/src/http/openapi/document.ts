import { errorCodes } from "@pier/protocol";
import type { TSchema } from "typebox";
import type { Route } from "../request-context.ts";
import { type Described, reference } from "./reference.ts";

/** OpenAPI 3.1, as far as it is written here. */
export interface OpenApi {
  openapi: string;
  info: { title: string; version: string; description: string };
  tags: { name: string }[];
  security: Record<string, string[]>[];
  paths: Record<string, Record<string, Operation>>;
  components: object;
}

export interface Operation {
  operationId: string;
  tags: string[];
  summary: string;
  description: string;
  security?: [];
  parameters: { name: string; in: "path" | "query"; required: boolean; description?: string; schema: TSchema }[];
  requestBody?: { required: true; content: Record<string, { schema: TSchema }> };
  responses: Record<string, { description: string; content?: Record<string, { schema: TSchema }> }>;
}

/** Names a row of the reference: `GET /api/sessions/{id}`. */
export function operationName({ method, url }: Pick<Route, "method" | "url">): string {
  return `${method} ${url.replaceAll(/:(\w+)/g, "{$1}")}`;
}

/** Routes of the API; pages, files and what fastify adds for HEAD are none. */
export function apiRoutes(routes: readonly Route[]): Route[] {
  return routes.filter(({ method, url }) => method !== "HEAD" && url.startsWith("/api/"));
}

/**
 * The document of the routes that exist: what they take comes from the schemas they check with, what they answer from the
 * reference.
 *
 * @throws Error when a route stands in no row of the reference
 */
export function openApiDocument(
  routes: readonly Route[],
  version: string,
  server: string,
): OpenApi & { servers: object[] } {
  const paths: OpenApi["paths"] = {};
  for (const route of apiRoutes(routes)) {
    const name = operationName(route);
    const row = reference[name];
    if (!row) throw new Error(`${name} is in no row of http/openapi/reference.ts: say there what it does and answers.`);
    const path = name.slice(name.indexOf(" ") + 1);
    (paths[path] ??= {})[route.method.toLowerCase()] = operation(name, route, row);
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Pier",
      version,
      description:
        "Detachable sessions for pi. Every request needs a credential: a browser's cookie, or a device's token as a bearer token. What streams is in docs/protocol.md.",
    },
    servers: [{ url: server }],
    tags: [...new Set(Object.values(reference).map(({ tag }) => tag))].map((name) => ({ name })),
    security: [{ token: [] }, { cookie: [] }],
    paths,
    components: {
      securitySchemes: {
        token: { type: "http", scheme: "bearer" },
        cookie: { type: "apiKey", in: "cookie", name: "pier_<port>, or __Host-pier under TLS" },
      },
    },
  };
}

function operation(name: string, { scope, schema, method }: Route, row: Described): Operation {
  const { tag, summary, status = 200, answer, media = "application/json", body } = row;
  const requestBody = body ?? (schema.body && { "application/json": { schema: schema.body } });
  return {
    operationId: operationId(name),
    tags: [tag],
    summary,
    description: scope === "public" ? "Needs no credential." : `Needs a device with the scope ${scope}.`,
    ...(scope === "public" && { security: [] }),
    parameters: [...parametersOf(schema.params, "path"), ...parametersOf(schema.querystring, "query")],
    ...(requestBody && method !== "GET" && { requestBody: { required: true, content: requestBody } }),
    responses: {
      [status]: {
        description: answer ? "Done." : "Done; there is nothing to say.",
        ...(answer && { content: { [media]: { schema: answer } } }),
      },
      default: {
        description: "Refused, or gone wrong: the code says why, the message what would be right.",
        content: { "application/json": { schema: problem } },
      },
    },
  };
}

/** `getSessionsById`: stable, and unique since names are. */
function operationId(name: string): string {
  const [method = "", path = ""] = name.split(" ");
  const words = path.replace("/api/", "").split(/[/.-]/);
  const camel = words.map((word) => {
    const plain = word.replace(/^\{(\w+)\}$/, "by-$1");
    return plain
      .split("-")
      .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
      .join("");
  });
  return method.toLowerCase() + camel.join("");
}

function parametersOf(schema: TSchema | undefined, where: "path" | "query"): Operation["parameters"] {
  const { properties = {}, required = [] } = (schema ?? {}) as {
    properties?: Record<string, TSchema>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => {
    const { description, ...rest } = property as TSchema & { description?: string };
    return {
      name,
      in: where,
      required: where === "path" || required.includes(name),
      ...(description !== undefined && { description }),
      schema: rest,
    };
  });
}

const problem: TSchema = {
  type: "object",
  required: ["error"],
  properties: {
    error: {
      type: "object",
      required: ["code", "message"],
      properties: { code: { type: "string", enum: Object.keys(errorCodes) }, message: { type: "string" } },
    },
  },
};

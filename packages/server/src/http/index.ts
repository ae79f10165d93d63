export { parseBasePath, stripBasePath } from "./base-path.ts";
export { createHttp } from "./create-http.ts";
export type { HttpApp, HttpConfig, HttpParts } from "./http-app.ts";

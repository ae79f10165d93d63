export { parseBasePath, stripBasePath } from "./base-path.ts";
export { createHttp } from "./create-http.ts";
export type { HttpConfig } from "./http-app.ts";

export { isLoopback } from "./addresses.ts";
export { checkBind } from "./check-bind.ts";
export { type Accepted, checkRequest, type RequestFacts, type RequestPolicy } from "./check-request.ts";
export { type Auth, type AuthConfig, createAuth } from "./create-auth.ts";
export type { Device } from "./device.ts";
export { hostAllowed } from "./host-allowed.ts";
export { localTokenPath } from "./local-token.ts";
export { originAllowed } from "./origin-allowed.ts";
export { RateLimited } from "./rate-limited.ts";

import { ClientError } from "./client-error.ts";
import { RestError } from "./rest-error.ts";

/** The JSON of an answer. @throws ClientError `BAD_FRAME` */
export async function parseJson<T>(response: Response, asked: string): Promise<T> {
  try {
    return (await response.json()) as T;
  } catch (cause) {
    throw new ClientError("BAD_FRAME", `${asked} was answered with something that is not JSON.`, { cause });
  }
}

/** The error that an answer is. A proxy in between may answer with anything, so the status alone must do. */
export async function restError(response: Response): Promise<RestError> {
  const body: unknown = await response.json().catch(() => null);
  const { error } = (body ?? {}) as { error?: { code?: unknown; message?: unknown; path?: unknown } };
  const code = typeof error?.code === "string" ? error.code : "INTERNAL";
  const message =
    typeof error?.message === "string" ? error.message : `The server answered with status ${response.status}.`;
  return new RestError(response.status, code, message, typeof error?.path === "string" ? error.path : undefined);
}

import { ClientError } from "./client-error.ts";

/** A file to upload. In browsers a `File` is one: `{ name: file.name, content: file }`. */
export interface UploadFile {
  name: string;
  content: Blob;
}

export interface UploadOptions {
  /** Ends the upload; nothing of it stays. */
  signal?: AbortSignal;
  /** Told how far it is, in bytes of the form: a little more than the files. */
  onProgress?: (progress: { sent: number; total: number }) => void;
}

export interface SendFormOptions extends UploadOptions {
  address: string;
  form: FormData;
  headers: Readonly<Record<string, string>>;
  fetch: typeof globalThis.fetch;
}

/**
 * Posts a form. `fetch` says nothing of how far it is, and browsers do not take a stream for a body over HTTP/1.1: where
 * there is an XMLHttpRequest and somebody wants to know, that sends it.
 *
 * @throws ClientError `CONNECTION_LOST`, and the signal's reason
 */
export async function sendForm(options: SendFormOptions): Promise<Response> {
  const { address, form, headers, signal, onProgress, fetch } = options;
  const { XMLHttpRequest: Request } = globalThis as { XMLHttpRequest?: new () => FormRequest };
  try {
    if (Request && onProgress) return await sendWatched(new Request(), options);
    return await fetch(address, { method: "POST", headers, body: form, ...(signal && { signal }) });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new ClientError("CONNECTION_LOST", `The files could not be sent: ${String(cause)}.`, { cause });
  }
}

/** The part of an XMLHttpRequest that is used. */
interface FormRequest {
  readonly upload: { onprogress: ((event: { loaded: number; total: number }) => void) | null };
  onload: (() => void) | null;
  onerror: (() => void) | null;
  onabort: (() => void) | null;
  readonly status: number;
  readonly responseText: string;
  open(method: string, address: string): void;
  setRequestHeader(name: string, value: string): void;
  send(form: FormData): void;
  abort(): void;
}

function sendWatched(request: FormRequest, options: SendFormOptions): Promise<Response> {
  const { address, form, headers, signal, onProgress } = options;
  const { promise, resolve, reject } = Promise.withResolvers<Response>();
  signal?.throwIfAborted();
  const abort = (): void => request.abort();
  request.upload.onprogress = ({ loaded, total }) => onProgress?.({ sent: loaded, total });
  request.onload = () => resolve(new Response(request.responseText, { status: request.status }));
  request.onerror = () => reject(new Error("the connection was lost"));
  request.onabort = () => reject(signal?.reason instanceof Error ? signal.reason : new Error("the upload was ended"));
  request.open("POST", address);
  for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
  signal?.addEventListener("abort", abort);
  request.send(form);
  return promise.finally(() => signal?.removeEventListener("abort", abort));
}

import { constants, open, type FileHandle } from "node:fs/promises";
import multipart, { type MultipartFile } from "@fastify/multipart";
import { limits, PierError, type UploadRecord } from "@pier/protocol";
import type { FastifyRequest } from "fastify";
import Type from "typebox";
import { httpLimits, uploadLimits } from "../../limits.ts";
import type { IncomingFile } from "../../uploads/create-uploads.ts";
import { isImage } from "../../uploads/media-type.ts";
import type { UploadRow } from "../../uploads/upload-row.ts";
import type { HttpApp, HttpParts } from "../http-app.ts";
import { untrustedHeaders } from "../security-headers.ts";
import { SessionPath } from "./session-path.ts";

const UploadPath = Type.Object({ ...SessionPath.properties, upload: Type.String({ minLength: 1, maxLength: 100 }) });

/** Files that are attached to a session. */
export function uploadRoutes(app: HttpApp, { uploads }: HttpParts): void {
  const read = { config: { scope: "read" } } as const;

  app.get("/api/limits", read, () => limits);

  app.get("/api/sessions/:id/uploads", { ...read, schema: { params: SessionPath } }, ({ params: { id } }) =>
    uploads.list(id).map(toRecord),
  );

  app.get(
    "/api/sessions/:id/uploads/:upload",
    { ...read, schema: { params: UploadPath } },
    async ({ params: { id, upload } }, reply) => {
      const row = uploads.get(id, upload);
      return reply.headers(headersOf(row)).send(await contentOf(row));
    },
  );

  app.delete(
    "/api/sessions/:id/uploads/:upload",
    { config: { scope: "prompt" }, schema: { params: UploadPath } },
    ({ params: { id, upload } }, reply) => {
      uploads.remove(id, upload);
      return reply.code(204).send();
    },
  );

  // Of its own, so that no other route ever reads a form.
  app.register((own: HttpApp, _, done) => {
    void own.register(multipart, {
      throwFileSizeLimit: false,
      limits: {
        // Counted by who writes them; one more, so that too many do not look like enough.
        fileSize: limits.uploadFile + 1,
        files: limits.uploadFiles + 1,
        fields: uploadLimits.fields,
        fieldSize: uploadLimits.field,
        headerPairs: 32,
      },
    });
    own.post(
      "/api/sessions/:id/uploads",
      { config: { scope: "prompt", multipart: true }, schema: { params: SessionPath } },
      async (request, reply) => {
        try {
          uploads.check(request.params.id, Number(request.headers["content-length"] ?? 0));
          const rows = await uploads.accept(request.params.id, incoming(request));
          return await reply.code(201).send(rows.map(toRecord));
        } catch (error) {
          discard(request);
          throw error;
        }
      },
    );
    done();
  });
}

async function* incoming(request: FastifyRequest): AsyncGenerator<IncomingFile> {
  const files = request.files();
  for (;;) {
    const next = await formed(() => files.next());
    if (next.done) return;
    const { filename, mimetype, file } = next.value;
    yield { name: filename, mimeType: mimetype, content: content(file) };
  }
}

async function* content(file: MultipartFile["file"]): AsyncGenerator<Buffer> {
  const chunks = file[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  for (;;) {
    const next = await formed(() => chunks.next());
    if (next.done) return;
    yield next.value;
  }
}

/** What goes wrong while a form is read is the sender's doing, or the sender is gone. */
async function formed<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    const { code = "" } = cause as { code?: string };
    if (tooMany.has(code))
      throw new PierError("TOO_LARGE", "The form holds more than fits: GET /api/limits says what does.", { cause });
    throw new PierError("BAD_REQUEST", "The form ended early or makes no sense: send it as multipart/form-data.", {
      cause,
    });
  }
}

const tooMany = new Set(["FST_FILES_LIMIT", "FST_FIELDS_LIMIT", "FST_PARTS_LIMIT", "FST_REQ_FILE_TOO_LARGE"]);

/** Whoever still sends does not read yet: what comes is thrown away for a while, then the connection ends. */
function discard({ raw }: FastifyRequest): void {
  if (raw.complete) return;
  raw.unpipe();
  raw.resume();
  const late = setTimeout(() => raw.destroy(), httpLimits.linger);
  raw.once("close", () => clearTimeout(late));
}

/** Only what surely is an image is called one; all else is bytes to save, whatever it was said to be. */
function headersOf({ name, mimeType, sha256, size }: UploadRow): Record<string, string> {
  const encoded = encodeURIComponent(name).replaceAll(/['()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`);
  return {
    ...untrustedHeaders,
    "content-type": isImage(mimeType) ? mimeType : "application/octet-stream",
    "content-disposition": `attachment; filename*=UTF-8''${encoded}`,
    "content-length": String(size),
    etag: `"${sha256}"`,
  };
}

/** The agent may have put something else in the file's place. */
async function contentOf({ path, name, size }: UploadRow): Promise<ReturnType<FileHandle["createReadStream"]>> {
  const gone = new PierError("NOT_FOUND", `The attached file ${name} is gone or was changed.`);
  const file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0)).catch(() => null);
  if (!file) throw gone;
  const found = await file.stat();
  if (found.isFile() && found.size === size) return file.createReadStream();
  await file.close();
  throw gone;
}

function toRecord({ id, name, size, mimeType, sha256, used }: UploadRow): UploadRecord {
  return { id, name, size, mime_type: mimeType, sha256, used };
}

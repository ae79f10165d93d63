import { limits as wire } from "@pier/protocol/runtime";
import { pier } from "#lib/pier/pier.svelte.ts";
import { toasts } from "#lib/ui/toasts.svelte.ts";
import { limits } from "../limits.ts";
import type { Attached, AttachedFile, Carried } from "./attached.ts";
import { megabytes, readImage } from "./read-image.ts";

/** The images and files that go with the next prompt of a session. */
export class Attachments {
  list = $state.raw<readonly Attached[]>([]);
  /** Whether files are still read or on their way: the prompt waits for them. */
  readonly isBusy = $derived(this.list.some((each) => each.kind === "file" && each.record === null));
  readonly #session: string;
  readonly #uploads = new Map<number, AbortController>();
  #next = 1;

  constructor(session: string) {
    this.#session = session;
  }

  /** Takes files that were pasted, dropped or picked; what cannot go along is said at once. */
  async add(files: readonly File[]): Promise<void> {
    for (const file of files) {
      if (this.list.length >= limits.attachments) {
        toasts.say(`A prompt takes ${limits.attachments} files: send the others with another one.`, "error");
        return;
      }
      try {
        await this.#addOne(file);
      } catch (error) {
        toasts.say(error instanceof Error ? error.message : String(error), "error");
      }
    }
  }

  /** Takes one away; an upload that is under way ends, one that is done is taken back. */
  remove(id: number): void {
    const attached = this.list.find((each) => each.id === id);
    this.list = this.list.filter((each) => each.id !== id);
    this.#uploads.get(id)?.abort();
    if (attached?.kind !== "file" || !attached.record) return;
    // Unused files go with the session anyway.
    pier.rest.removeUpload(this.#session, attached.record.id).catch(() => {});
  }

  /** Takes all of them for a prompt. */
  take(): Carried {
    const carried: Carried = {
      images: this.list.flatMap((each) => (each.kind === "image" ? [each.image] : [])),
      uploads: this.list.flatMap((each) => (each.kind === "file" && each.record ? [each.record] : [])),
    };
    this.list = [];
    return carried;
  }

  /** Puts back what a prompt carried that came to nothing, or what was kept with a draft. */
  restore({ images, uploads }: Carried): void {
    const pictures = images.map((image): Attached => ({
      kind: "image",
      id: this.#next++,
      name: nameOf(image.mimeType),
      image,
    }));
    const files = uploads.map((record): Attached => ({
      kind: "file",
      id: this.#next++,
      name: record.name,
      progress: 1,
      record,
    }));
    this.list = [...pictures, ...files, ...this.list];
  }

  /** Ends what is under way. */
  close(): void {
    for (const upload of this.#uploads.values()) upload.abort();
  }

  async #addOne(file: File): Promise<void> {
    const read = await readImage(file);
    if (!read) {
      if (file.type.startsWith("image/")) {
        toasts.say(`Models see PNG, JPEG, GIF and WebP images: ${file.name} goes along as a file.`);
      }
      return this.#upload(file);
    }
    const used = this.list.reduce((sum, each) => sum + (each.kind === "image" ? each.image.data.length * 0.75 : 0), 0);
    if (used + read.image.data.length * 0.75 > limits.images) {
      throw new Error(
        `The images of a prompt may have ${megabytes(limits.images)} together: ${file.name} is too much.`,
      );
    }
    if (read.changed !== null) toasts.say(read.changed);
    this.list = [...this.list, { kind: "image", id: this.#next++, name: file.name, image: read.image }];
  }

  async #upload(file: File): Promise<void> {
    if (file.size > wire.uploadFile) {
      throw new Error(`${file.name} has ${megabytes(file.size)}: ${megabytes(wire.uploadFile)} are the most.`);
    }
    const id = this.#next++;
    const control = new AbortController();
    this.#uploads.set(id, control);
    this.list = [...this.list, { kind: "file", id, name: file.name, progress: 0, record: null }];
    try {
      const [record] = await pier.rest.upload(this.#session, [{ name: file.name, content: file }], {
        signal: control.signal,
        onProgress: ({ sent, total }) => this.#change(id, { progress: total > 0 ? sent / total : 0 }),
      });
      if (record) this.#change(id, { progress: 1, record });
    } catch (error) {
      this.list = this.list.filter((each) => each.id !== id);
      if (control.signal.aborted) return;
      throw new Error(`${file.name} was not attached: ${error instanceof Error ? error.message : String(error)}`, {
        cause: error,
      });
    } finally {
      this.#uploads.delete(id);
    }
  }

  #change(id: number, change: Partial<Pick<AttachedFile, "progress" | "record">>): void {
    this.list = this.list.map((each) => (each.id === id && each.kind === "file" ? { ...each, ...change } : each));
  }
}

function nameOf(mimeType: string): string {
  return `image.${mimeType === "image/jpeg" ? "jpg" : mimeType.slice(mimeType.indexOf("/") + 1)}`;
}

import type { ImageContent, UploadRecord } from "@pier/protocol";

/** An image as a prompt carries it: never shortened. */
export interface WholeImage extends ImageContent {
  data: string;
}

/** An image that goes with the prompt itself. */
export interface AttachedImage {
  kind: "image";
  id: number;
  name: string;
  image: WholeImage;
}

/** A file on its way to the machine where pi runs, or there: then it has a record. */
export interface AttachedFile {
  kind: "file";
  id: number;
  name: string;
  /** From 0 to 1. */
  progress: number;
  record: UploadRecord | null;
}

/** What goes with a prompt beside its text. */
export type Attached = AttachedImage | AttachedFile;

/** What a prompt carries of them. */
export interface Carried {
  images: readonly WholeImage[];
  uploads: readonly UploadRecord[];
}

export const nothingCarried: Carried = { images: [], uploads: [] };

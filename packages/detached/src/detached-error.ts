/** Every way in which this package refuses, and what it means. */
export const DETACHED_ERRORS = {
  UNSUPPORTED: "this platform has no FIFOs or no process groups",
  BAD_ARGUMENT: "an argument is outside what is documented",
  FOLDER_EXISTS: "the folder for a new child is already there",
  NO_FOLDER: "the folder, or a file in it, could not be made or written",
  NO_FIFO: "mkfifo is missing or failed",
  NO_CWD: "the working folder of the child is missing or no folder",
  CANNOT_START: "the operating system would not start the program",
  NO_CHILD: "the folder holds no child",
  BAD_META: "meta.json or journal.json is not what this version writes",
  NO_PID: "somebody reads the FIFO, but nothing tells who",
  CHILD_DEAD: "the child is gone",
  CHILD_ALIVE: "the child is still there",
  INPUT_CLOSED: "the child lives but has closed its stdin",
  QUEUE_FULL: "too much waits for a child that does not read",
  ABORTED: "the caller's signal was aborted, or the tail closed",
  DISPOSED: "the handle was disposed",
  TRIMMED: "the position lies before the journal's first byte",
  BEYOND_END: "the position lies after the journal's last byte",
  TOO_LARGE: "the range is larger than one read may be",
  CANNOT_TRIM: "the journal could not be made smaller; nothing is lost",
  STILL_ALIVE: "a process outlived SIGKILL",
} as const;

export type DetachedErrorCode = keyof typeof DETACHED_ERRORS;

/** A refusal: `code` is for programs, `message` says what is and what would be right. */
export class DetachedError extends Error {
  override readonly name = "DetachedError";
  readonly code: DetachedErrorCode;
  /** Bytes of a failed write that are in the FIFO already: above 0 the child holds a torn record. */
  readonly written: number;

  constructor(code: DetachedErrorCode, message: string, options?: { cause?: unknown; written?: number }) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.written = options?.written ?? 0;
  }
}

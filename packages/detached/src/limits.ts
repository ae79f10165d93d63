const KIB = 1024;
const MIB = 1024 * KIB;

/** Bytes a FIFO takes all or not at all in one write(2); POSIX promises 512, Linux gives a page. */
export const PIPE_BUF = process.platform === "linux" ? 4096 : 512;

/** Bytes handed to one write(2) on the FIFO: what an empty pipe holds. */
export const WRITE_BYTES = 64 * KIB;
/** Bytes that may wait for a child that does not read. */
export const QUEUE_BYTES = 64 * MIB;
/** Writes that may wait for a child that does not read. */
export const QUEUE_WRITES = 1024;
/** Shortest and longest pause, in ms, before a full FIFO is tried again. */
export const FULL_PAUSE_MS = { shortest: 1, longest: 32 } as const;
/** How long, in ms, a child whose stdin is gone may take to turn out dead. */
export const CLOSED_INPUT_GRACE_MS = 1000;

/** Largest chunk a tail hands out. */
export const CHUNK_BYTES = 256 * KIB;
/** Up to this much was written just now and is in memory: reading it at once costs less than a thread. */
export const HOT_BYTES = 64 * KIB;
/** Bytes a tail or a writer moves before it lets the event loop turn. */
export const TURN_BYTES = MIB;
/** Chunks a tail hands out before it lets the event loop turn. */
export const TURN_CHUNKS = 64;
/** Slow poll of a tail, in ms, beside fs.watch; and alone, where watching is refused. */
export const TAIL_POLL_MS = { watched: 250, alone: 20 } as const;

/** Largest range one journal read returns. */
export const READ_BYTES = 64 * MIB;
/** Block in which the journal is moved when no hole can be punched. */
export const MOVE_BYTES = MIB;
/** What `stderrTail` returns when not told. */
export const STDERR_BYTES = 64 * KIB;
/** Largest meta.json that is read. */
export const META_BYTES = MIB;

/** Shortest and longest pause, in ms, between looks at a process that is not our own child. */
export const EXIT_POLL_MS = { shortest: 5, longest: 500 } as const;
/** How long, in ms, the writers of a journal may take to stop for a move. */
export const STOP_WAIT_MS = 5000;
/** How long, in ms, a process may take to be gone after SIGKILL. */
export const KILL_WAIT_MS = 5000;
/** How long, in ms, mkfifo, fallocate and ps may take. */
export const PROGRAM_MS = 10_000;

/** Every bound of this package; sizes in bytes or characters, times in milliseconds. */
export const LIMITS = {
  /** A prompt may carry about 10 MB of images, and a conversation several such prompts. */
  bodyBytes: 64 * 1024 * 1024,
  /** Replies streaming at once; more get HTTP 503. */
  streams: 256,
  scriptChars: 1024 * 1024,
  scriptSteps: 1000,
  /** Deltas of one `tokens` step. */
  tokens: 1_000_000,
  /** Words or code points in one delta. */
  deltaSize: 100_000,
  /** Time between two deltas. */
  delayMs: 60_000,
  /** Time of one `slow` step. */
  slowMs: 10 * 60_000,
  /** Failures of one `http` or `drop` step. */
  times: 1000,
  usageTokens: 1_000_000_000,
  /** Named gates known at once. */
  gates: 256,
  /** Streams held at one gate, and clients waiting for an arrival at it. */
  gateWaiters: 256,
  /** Turns whose failed attempts are remembered; the oldest are forgotten first. */
  attemptCounters: 1024,
} as const;

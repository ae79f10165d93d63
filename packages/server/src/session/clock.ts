/** Time, as an argument. All times are ms. */
export interface Clock {
  /** Since 1970. */
  now(): number;
  /** Calls back once after `ms`; the returned function cancels. The wait never keeps the process alive. */
  after(ms: number, callback: () => void): () => void;
}

/** Every limit of the wire in one place. Sizes are bytes unless a name says otherwise, times are milliseconds. */
export const limits = {
  /** A frame before `hello` was accepted. */
  preHelloFrame: 4 * 1024,
  /** A frame after `hello`; prompts carry images. */
  frame: 16 * 1024 * 1024,
  /** The same from a device that may only read: it asks, and sends nothing large. */
  readFrame: 64 * 1024,
  /** How long a socket may stay open without an accepted `hello`. */
  helloTimeout: 5_000,
  /** Between two WebSocket pings; a peer silent for two of them is closed. */
  heartbeat: 20_000,
  /** Queued towards one connection before its attachments are set aside until it drains. */
  connectionQueue: 4 * 1024 * 1024,
  /** Transcript bytes of a window when the client names none. */
  window: 200 * 1024,
  /** The most a client may ask for in one window. */
  windowMax: 4 * 1024 * 1024,
  /** Items in one window, however small they are. */
  windowMessages: 1_000,
  /** A single string inside a message above this is elided. */
  body: 8 * 1024,
  /** What is kept of an elided string at each of its ends, in characters. */
  bodyPreview: 1_000,
  /** Missed journal bytes above which a snapshot is sent instead of a replay. */
  replay: 4 * 1024 * 1024,
  /** Longest coalescing interval a client may ask for. */
  coalesce: 1_000,
  /** Attachments of one connection. */
  attachments: 64,
  /** Commands of one connection that wait for their reply. */
  pendingCommands: 256,
  /** Frames of one connection within one second. */
  framesPerSecond: 500,
  /** What the frames of one connection may hold together at once; what was used comes back with time. */
  burst: 64 * 1024 * 1024,
  /** How much of it comes back each second. */
  bytesPerSecond: 4 * 1024 * 1024,
  /** `burst` of a device that may only read. */
  readBurst: 1024 * 1024,
  /** `bytesPerSecond` of such a device. */
  readBytesPerSecond: 256 * 1024,
  /** So many times as much as one of them may all connections of a device send together. */
  deviceBursts: 2,
  /** Connections of one device. */
  connectionsPerDevice: 32,
  /** Connections of the whole daemon. */
  connections: 512,
  /** Characters of a client's own command id. */
  commandId: 200,
  /** Characters of a direct shell command's output that are kept while it runs. */
  bashOutput: 64 * 1024,
  /** Nesting of objects and arrays in a client's frame. */
  frameDepth: 100,
  /** Values in such a frame, in objects and arrays at any depth. */
  frameValues: 100_000,
  /** Content blocks of a message that is being written; pi's indexes above are ignored. */
  openBlocks: 1_000,
  /** Characters of a message that is being written; what comes after them shows only when it is complete. */
  openText: 1024 * 1024,
  /** Tool calls kept while their results are not in the transcript; of more, the oldest give way. */
  toolRuns: 256,
  /** Direct shell commands that run at once; of more, the oldest give way. */
  bashRuns: 64,
  /** Dialogs that wait for an answer; of more, the oldest is answered by default. */
  dialogs: 64,
  /** Status texts of extensions; of more, the oldest give way. */
  statuses: 100,
  /** Widgets of extensions; of more, the oldest give way. */
  widgets: 100,
  /** Characters of a session name. */
  sessionName: 200,
  /** Characters of a path of the machine that the daemon runs on. */
  path: 4096,
  /** Characters of the name of a git branch or commit. */
  refName: 200,
  /** Characters of the set-up command of a workspace. */
  setupCommand: 4096,
  /** Characters of a provider's or model's name. */
  modelName: 200,
  /** Characters of a thinking level. */
  thinkingLevel: 50,
  /** Characters of a query for files. */
  fileQuery: 200,
  /** Characters of a query for sessions, or for what was said in one. */
  searchQuery: 200,
  /** Messages in one answer to a query for what was said. */
  foundMessages: 200,
  /** Sessions in one page of the list. */
  listedSessions: 1_000,
  /** Files in one answer to a query. */
  foundFiles: 200,
  /** One file that is attached to a session. */
  uploadFile: 256 * 1024 * 1024,
  /** All that one request uploads. */
  uploadRequest: 512 * 1024 * 1024,
  /** Files of one such request, and of one prompt. */
  uploadFiles: 32,
  /** Files attached to one session. */
  sessionUploads: 1_000,
  /** All of them together. */
  sessionUploadBytes: 4 * 1024 * 1024 * 1024,
  /** An attached image above this is named in the prompt, but does not travel in it. */
  inlineImage: 3 * 1024 * 1024,
  /** All images that travel in one prompt. */
  inlineImages: 8 * 1024 * 1024,
} as const;

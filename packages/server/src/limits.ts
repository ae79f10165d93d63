/** Every limit of the daemon that the wire does not show. Sizes are bytes, times are milliseconds. */
export const limits = {
  /** One record of pi; a longer line is skipped and said. */
  record: 64 * 1024 * 1024,
  /** Events that wait for a coalescing interval to end. */
  coalesced: 256 * 1024,
  /** How long records of a steady stream wait to be read together when no client wants them sooner. */
  rest: 50,
  /** Journal kept before it is trimmed at the end of a turn. */
  journal: 64 * 1024 * 1024,
  /** Journal of an ephemeral session above which its person is warned: nothing else holds it, so it is not trimmed. */
  ephemeralJournal: 512 * 1024 * 1024,
  /** How long pi may take to answer its first question. */
  start: 60_000,
  /** How long a turn may take to be aborted before pi is told to end all the same. */
  abort: 3_000,
  /** How long pi may take to end before it is killed. */
  terminate: 5_000,
  /** How long an attach waits for a process that is between two conversations. */
  viewWait: 10_000,
  /** How often a process is looked at for having been suspended. */
  stateCheck: 2_000,
  /** Age up to which a prompt that never reached a process is delivered by the next daemon without asking. */
  promptStale: 10 * 60_000,
  /** How soon after its reply a prompt's first message surely stands in the journal, if it is no command. */
  turnBegins: 5_000,
  /** How long a delivered prompt is remembered, so that sending it again is recognised. */
  promptMemory: 24 * 60 * 60_000,
  /** How long a direct shell command may run that is kept from the model. */
  shellTime: 30 * 60_000,
  /** Characters that a direct shell command may write before it is stopped. */
  shellOutput: 16 * 1024 * 1024,
  /** Prompts of one session that wait for pi. */
  prompts: 256,
  /** Bytes of stderr shown to people. */
  stderr: 16 * 1024,
  /** Characters of a session's last line in the list. */
  preview: 200,
  /** What may wait in an atomic write to a pipe: POSIX's least PIPE_BUF on the systems we know. */
  atomicWrite: 4096,
  /** One message of a transcript on the wire, its large strings elided already. */
  item: 256 * 1024,
  /** Characters above which a string is elided in a message that would be larger than that. */
  smallBody: 512,
  /** Characters of a message in the list of those that can be branched from. */
  forkText: 2_000,
  /** Read at once when a session file is searched from its end. */
  fileChunk: 256 * 1024,
  /** How long a search through a session may take. */
  searchTime: 3_000,
  /** How long it goes on before others have a turn. */
  searchTurn: 15,
  /** What it looks through in one answer. */
  searchedBytes: 256 * 1024 * 1024,
  /** Characters around something found, on each side. */
  snippet: 80,
  /** How long pi may take to say its version. */
  versionProbe: 15_000,
  /** How long pi may take to list its models. */
  modelProbe: 60_000,
  /** Sessions in the store; creating more is refused. */
  sessions: 20_000,
  /** How long a change of a session's row that may be lost waits to be written with others. */
  rowInterval: 500,
  /** How often a session file that clients look at is looked at, where no process of ours writes it. */
  fileCheck: 1_000,
  /** Sessions of plain pi that are listed. */
  piSessions: 20_000,
  /** How long a look at them serves those who ask. */
  piSessionsLife: 1_000,
  /** Between two looks at them while somebody watches the list. */
  piWatch: 2_000,
  /** Such a look is followed by so many times its own length of rest. */
  piWatchShare: 20,
  /** The same as `piSessionsLife` for a look at the names of their files alone. */
  piNamesLife: 200,
  /** How long such a look goes on before others have a turn. */
  listTurn: 10,
  /** Read of a session of plain pi at each end of its file. */
  summaryBytes: 16 * 1024,
  /** Looked through for the name of one that is opened, where neither end of its file says it. */
  nameSearch: 8 * 1024 * 1024,
  /** Sessions of plain pi that are kept open to be read. */
  openPiSessions: 64,
  /** Between two looks at whether the list changed for those who watch it. */
  watchInterval: 100,
  /** Sent but not taken by a client, replies included, above which its connection is closed. */
  connectionCeiling: 128 * 1024 * 1024,
} as const;

/** Limits of the store. Sizes are bytes, times are milliseconds. */
export const storeLimits = {
  /** A database up to this size is checked for damage when it is opened; a larger one only where it is read. */
  checkedDatabase: 64 * 1024 * 1024,
  /** How long a statement waits for another program that reads or writes the database. */
  busyWait: 1_000,
  /** One file of the audit log; a full one becomes `audit.1.jsonl`. */
  auditFile: 4 * 1024 * 1024,
  /** Full files of the audit log that are kept beside the current one. */
  auditFiles: 4,
  /** One entry of the audit log; a longer one loses its details. */
  auditEntry: 4 * 1024,
} as const;

/** Limits of devices, pairing and failed logins. Times are milliseconds. */
export const authLimits = {
  devices: 256,
  /** Characters of a device's name. */
  deviceName: 100,
  /** How often at most the last use of a device is written down. */
  lastUsedInterval: 60_000,
  /** How long a pairing code lives. */
  pairingLife: 5 * 60_000,
  /** Pairing codes that may wait at the same time. */
  pairingCodes: 16,
  /** Failed logins of one address before it has to wait. */
  freeFailures: 5,
  /** The first wait of an address; each further failure doubles it. */
  firstWait: 1_000,
  longestWait: 60_000,
  /** An address without failures for this long starts afresh. */
  forgetFailures: 15 * 60_000,
  /** Addresses whose failures are remembered; the one that failed longest ago makes room. */
  addresses: 1_024,
  /** Failures of all addresses together before everybody has to wait. */
  globalFailures: 60,
  /** One of them is forgiven in this time. */
  globalForgiveness: 2_000,
} as const;

/** Limits of the HTTP server. Sizes are bytes, times are milliseconds. */
export const httpLimits = {
  /** A JSON body. */
  body: 1024 * 1024,
  /** All headers of a request together. */
  headers: 16 * 1024,
  /** How long the headers, and then the whole of a request, may take to arrive. */
  headersTimeout: 10_000,
  requestTimeout: 60_000,
  /** How long an upload may take, and how long it may stand still. */
  uploadTime: 2 * 60 * 60_000,
  uploadPause: 60_000,
  /** How long what follows a refused upload is read and thrown away, so that its sender gets to read the answer. */
  linger: 5_000,
  /** Characters of one segment of a path, decoded. */
  pathSegment: 500,
  /** Characters of a `path` query, the way to one string of a message. */
  bodyPath: 2_000,
  /** Entries of the audit log in one answer. */
  auditEntries: 500,
  /** Messages in an answer to a query that does not say how many it wants. */
  foundMessages: 50,
  /** Files in an answer to a query that does not say how many it wants. */
  foundFiles: 50,
} as const;

/** Limits of looking at folders. Sizes are bytes, times are milliseconds. */
export const fileLimits = {
  /** Names of one folder that are read. */
  names: 50_000,
  /** Entries in the listing of a folder. */
  listed: 2_000,
  /** Entries that are looked at side by side. */
  lookedAtOnce: 64,
  /** Folders in an answer that completes a path. */
  completions: 100,
  /** Files and folders of a session that can be found. */
  found: 200_000,
  /** The same where there is no git to list them. */
  walked: 50_000,
  /** Folders that are read side by side. */
  walkedAtOnce: 16,
  /** What git may say of the files of one session. */
  listOutput: 32 * 1024 * 1024,
  /** Names of such a list that are taken before others have a turn. */
  listedAtOnce: 2_000,
  /** How long the files of a session may take to list. */
  listTime: 5_000,
  /** How long such a list serves those who ask. */
  listLife: 5_000,
  /** Lists that are kept. */
  listings: 8,
  /** Entries that are compared with a query before others have a turn. */
  rankedAtOnce: 5_000,
  /** Found beyond what was asked for, in the place of what is gone by now. */
  spare: 20,
} as const;

/** Limits of attached files. */
export const uploadLimits = {
  /** Bytes of a file's name. */
  name: 160,
  /** Form fields beside the files of an upload; nobody reads them. */
  fields: 16,
  /** Bytes of such a field. */
  field: 4 * 1024,
} as const;

/** Limits of git. Sizes are bytes, times are milliseconds. */
export const gitLimits = {
  /** How long a question may take. */
  time: 15_000,
  output: 4 * 1024 * 1024,
  /** What it may say of the filters in a repository's configuration. */
  filters: 64 * 1024,
  /** How long each step of a folder's summary may take. */
  summaryTime: 5_000,
  /** How soon a folder's summary is read again. */
  summaryInterval: 3_000,
  /** A folder rests so many times as long as reading it took. */
  summaryShare: 10,
  /** Folders that are read side by side. */
  summariesAtOnce: 2,
  /** Folders whose summaries are remembered. */
  summaries: 1_000,
  /** Folders that are looked at for one who asks for all sessions, those of the sessions used last. */
  summariesForList: 100,
  /** Characters of its own words that are kept. */
  words: 8 * 1024,
} as const;

/** Limits of direnv. Sizes are bytes, times are milliseconds. */
export const direnvLimits = {
  /** How long it may take to say something of a file, or to approve it. */
  time: 10_000,
  output: 256 * 1024,
  /** Characters of its own words that are kept. */
  words: 4 * 1024,
  /** A file that is approved without having been looked at in a terminal. */
  envrc: 1024 * 1024,
} as const;

/** Limits of piface's sockets. Times are milliseconds. */
export const pifaceLimits = {
  /** Characters of the messages in a `piface_replay`; older ones are left out, but never the last one. */
  replay: 16 * 1024 * 1024,
  /** Characters that a client may send before its first `piface_replay` was sent. */
  early: 16 * 1024 * 1024,
  /** Messages that are none, after which a socket is closed. */
  badMessages: 100,
} as const;

/** Limits of a project's settings, its set-up and worktrees. Sizes are bytes, times are milliseconds. */
export const workspaceLimits = {
  /** A file of settings. */
  config: 64 * 1024,
  /** Tables in tables of it. */
  depth: 50,
  /** How often the folder of a worktree is tried to be made while others take the folder around it away. */
  folderTries: 20,
  /** How long git may take to fill a worktree. */
  checkout: 5 * 60_000,
  /** How long the set-up of a worktree may take, and what it may say. */
  setup: 10 * 60_000,
  setupOutput: 8 * 1024 * 1024,
  /** Files and commits that are named of those that a worktree would take with it. */
  shown: 100,
} as const;

/** Limits of version 1 of the protocol. Sizes are bytes unless said otherwise, times are milliseconds. */
export const v1Limits = {
  /** Characters of the messages in `welcome`; older ones are left out, but never the last one. */
  welcome: 16 * 1024 * 1024,
  /** How long `welcome` waits for pi to say its state, before what is known of it is sent. */
  state: 2_000,
  /** Characters that a client may send before its `welcome` was sent. */
  early: 16 * 1024 * 1024,
  /** Characters of a command's id. */
  commandId: 1_000,
  /** Frames that are none, after which a connection is closed. */
  badFrames: 100,
} as const;

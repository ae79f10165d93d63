/** All limits of the terminal client. */
export const limits = {
  /** Columns and rows of the smallest terminal that a session is shown in. */
  smallest: { columns: 20, rows: 6 },
  /** Rows of history, about, that are printed again when all is drawn anew. */
  restoredRows: 3000,
  /** Notes of this client that stay between the messages. */
  notes: 200,
  /** ms that the other conversation may take to show after pi said that it is there. */
  switchWait: 5_000,
  /** ms after which a list of completions that did not come is given up. */
  completionWait: 3_000,
  /** Files that a completion lists. */
  completedFiles: 20,
  /** Characters of one paste; what is longer does not fit into one prompt of any model. */
  paste: 4 * 1024 * 1024,
  /** Characters that stand in the editor as they are: longer texts are folded into a mark, for each key costs what is shown. */
  editable: 20_000,
  /** Bytes of text that are handed to the terminal's clipboard: terminals and multiplexers drop longer sequences. */
  clipboard: 512 * 1024,
  /** ms that a program may take to say what is on the clipboard. */
  clipboardWait: 2_000,
  /** Bytes of all images of one prompt: together, in base64, they have to fit into a frame. */
  images: 10 * 1024 * 1024,
  /** Images of one prompt. */
  imageCount: 20,
  /** Bytes read of pi's keybindings.json and settings.json. */
  settingsFile: 1024 * 1024,
  /** Closed sessions that the picker lists. */
  closedSessions: 500,
  /** Sessions whose drafts are kept while another one is shown. */
  drafts: 50,
  /** Prompts that wait to be sent. */
  waitingPrompts: 50,
  /** Characters of an elided text that `//body` prints. */
  printedBody: 256 * 1024,
  /** ms between two presses that belong together: Esc Esc, Ctrl+C Ctrl+C. */
  doublePress: 500,
  /** Characters that can be pasted into an input of one line. */
  lineInput: 100_000,
  /** Characters of an answer to a question of an extension: it must fit into a frame, however it is escaped. */
  answer: 2 * 1024 * 1024,
  /** Characters of code that is highlighted; more stays plain. */
  code: 64 * 1024,
  /** Characters of one line of it. */
  codeLine: 2_000,
  /** Characters of code that is highlighted at once; more waits for a pause. */
  quickCode: 2 * 1024,
  /** How long that may take for one piece, in ms; code that needs more stays plain. */
  codeTime: 300,
  /** That pause, in ms. */
  longCodePause: 200,
  /** How much of such a stretch of time may be spent on highlighting, in ms. */
  highlighting: 60,
  /** Pieces of code whose colours are remembered. */
  knownCode: 128,
  /** How long the first frame waits for the terminal to name its background, in ms; without an answer it is drawn with a guess. */
  backgroundWait: 10,
  /** How long an answer that comes later still counts, in ms. */
  backgroundAnswer: 3_000,
  /** Characters and lines of Markdown after which a piece ends at the next line, item or table row. */
  piece: 2 * 1024,
  pieceLines: 60,
  /** Characters of Markdown that are ever parsed at once; a longer line is cut. */
  openPiece: 4 * 1024,
  /** Block quotes and lists within each other that Markdown is made of; deeper ones are shown as they were written. */
  nesting: 12,
  /** Characters of a piece that may mean something in Markdown; parsing more of them takes too long. */
  marks: 500,
  /** Link definitions of a message that its later pieces know, and characters of one. */
  linkDefinitions: 50,
  linkDefinition: 500,
  /** Rows of thinking while it streams. */
  thinkingRows: 3,
  /** Rows of output below a tool that runs. */
  runningRows: 5,
  /** Rows of output below a tool that failed. */
  errorRows: 5,
  /** Rows of a direct shell command's output, while it runs and after it. */
  shellRunningRows: 10,
  shellRows: 20,
  /** Rows of what belongs to one tool call when it is unfolded. */
  toolRows: 300,
  /** Characters of one line of output. */
  lineLength: 2000,
  /** Lines and characters of a message that is not Markdown. */
  textLines: 1000,
  text: 128 * 1024,
  /** Characters of a tool's arguments that are read while they stream. */
  openArguments: 4 * 1024,
  /** Characters of a value of which nothing is known that are shown on one line. */
  compactValue: 300,
  /** Columns and rows of an image, and characters of its data. */
  imageColumns: 60,
  imageRows: 20,
  image: 8 * 1024 * 1024,
} as const;

/** All limits of the composer. */
export const limits = {
  /** Prompts that wait to be sent. */
  waitingPrompts: 50,
  /** ms after which a prompt that is not through yet is shown as waiting. */
  slowPrompt: 250,
  /** Characters of a prompt that certainly comes back in one piece; longer ones may come shortened. */
  surelyWhole: 2 * 1024,
  /** Lines of a list of completions. */
  completions: 100,
  /** Files that a completion lists. */
  completedFiles: 20,
  /** Files and images of one prompt. */
  attachments: 20,
  /** Bytes of all images of one prompt: together, in base64, they have to fit into a frame beside the text. */
  images: 10 * 1024 * 1024,
  /** Bytes of an image that goes as it is; larger ones are made smaller. Providers take little more. */
  image: 3 * 1024 * 1024,
  /** Pixels of an image's longer side; what is beyond, models scale down themselves. */
  imageSide: 2000,
  /** Bytes of an image file that a browser is asked to read. */
  imageFile: 64 * 1024 * 1024,
  /** ms for which a place ignores clicks after a click made another thing of it. */
  steady: 500,
  /** Characters that are put in so that the browser can undo it; with more it gets slow. */
  undoable: 64 * 1024,
  /** ms after the last key when a draft is kept. */
  draftPause: 300,
  /** Sessions whose drafts are kept. */
  drafts: 50,
  /** Characters of a draft that is kept. */
  draft: 512 * 1024,
  /** Bytes of images that are kept with a draft. */
  draftImages: 4 * 1024 * 1024,
  /** Queued messages whose images are remembered, so that they come back with the text. */
  remembered: 50,
} as const;

/** The sequence by which a terminal puts text on the person's clipboard (OSC 52), also through tmux. */
export function clipboardSequence(text: string, env: NodeJS.ProcessEnv): string {
  const sequence = `\u001b]52;c;${Buffer.from(text, "utf8").toString("base64")}\u0007`;
  if (!env.TMUX) return sequence;
  // tmux takes it as its own if it is configured to, and passes it on in this form if it may; neither does harm twice.
  return `${sequence}\u001bPtmux;${sequence.replaceAll("\u001b", "\u001b\u001b")}\u001b\\`;
}

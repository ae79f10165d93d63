/** What becomes of turns when the daemon leaves. */
export function goingOn(running: number | null): string {
  if (running === null) return "Closed. Turns under way go on; the next `pier serve` finds them.";
  if (running === 0) return "Closed. No turn was under way; the next `pier serve` finds every session.";
  const turns = running === 1 ? "1 turn goes" : `${running} turns go`;
  return `Closed. ${turns} on without it; the next \`pier serve\` finds ${running === 1 ? "it" : "them"}.`;
}

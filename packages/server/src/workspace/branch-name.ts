/** A branch's name made of what a session is called, or of its id. */
export function branchName(session: { name: string | null; id: string }): string {
  const words = (session.name ?? "")
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, longest)
    .replace(/^-|-$/g, "");
  return words === "" ? `session-${session.id.slice(0, 8)}` : words;
}

/** The name, or the first of `name-2`, `name-3`, … that is free. */
export async function firstFree(name: string, isFree: (name: string) => boolean | Promise<boolean>): Promise<string> {
  for (let number = 1; ; number++) {
    const next = number === 1 ? name : `${name}-${number}`;
    if (await isFree(next)) return next;
  }
}

/** Characters. */
const longest = 60;

/** What we need of /proc/<pid>/stat. */
export interface ProcStat {
  readonly state: string;
  readonly group: number;
  readonly session: number;
  /** Clock ticks since boot. */
  readonly startTicks: string;
}

/** Reads one line of /proc/<pid>/stat; the name in field 2 may hold spaces and brackets, so count from its end. */
export function parseProcStat(line: string): ProcStat | null {
  const fields = line.slice(line.lastIndexOf(")") + 2).split(" ");
  const [state, , group, session] = fields;
  const startTicks = fields[22 - 3]; // field 22, and the first here is field 3
  if (!state || !group || !session || !startTicks) return null;
  return { state, group: Number(group), session: Number(session), startTicks };
}

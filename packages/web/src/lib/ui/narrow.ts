/** One of those that can be chosen. */
export interface Choice<T> {
  value: T;
  label: string;
  /** Said beside the label, dimly. */
  detail?: string;
  /** Those of one group stand together below its name. */
  group?: string;
  /** Without its `i-`. */
  icon?: string;
  /** What it is already. */
  isCurrent?: boolean;
  /** How deep it stands below others. */
  depth?: number;
  key?: string;
}

/** The choices in which every word of the filter stands, those whose label begins with it first. */
export function narrow<T>(choices: readonly Choice<T>[], filter: string): Choice<T>[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...choices];
  const fitting = choices.filter(({ label, detail = "", group = "" }) => {
    const text = `${label} ${detail} ${group}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const begins = ({ label }: Choice<T>): boolean => label.toLowerCase().startsWith(words[0] ?? "");
  return [...fitting.filter(begins), ...fitting.filter((choice) => !begins(choice))];
}

/** The same in groups, in the order in which the groups come up. */
export function grouped<T>(choices: readonly Choice<T>[]): { group: string; choices: Choice<T>[] }[] {
  const groups = new Map<string, Choice<T>[]>();
  for (const choice of choices) {
    const members = groups.get(choice.group ?? "");
    if (members) members.push(choice);
    else groups.set(choice.group ?? "", [choice]);
  }
  return [...groups].map(([group, members]) => ({ group, choices: members }));
}

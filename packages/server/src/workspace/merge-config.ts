import { WorkspaceConfig } from "@pier/protocol";
import { stringify, type TomlTable } from "smol-toml";

/**
 * The text of a file of settings with other known settings in it. What is not known here stays; of comments those that
 * begin the file do.
 */
export function mergeConfig(old: { text: string; table: TomlTable }, config: WorkspaceConfig): string {
  const table: TomlTable = { ...old.table };
  for (const [section, { properties }] of sections) {
    const before = table[section];
    const kept = isTable(before) ? Object.entries(before).filter(([key]) => !Object.hasOwn(properties, key)) : [];
    const settings = { ...Object.fromEntries(kept), ...config[section] };
    if (Object.keys(settings).length > 0) table[section] = settings;
    else delete table[section];
  }
  const [header = ""] = /^(?:[ \t]*(?:#.*)?\r?\n)*/.exec(old.text) ?? [];
  return header + stringify(table, { numbersAsFloat: true });
}

const sections = Object.entries(WorkspaceConfig.properties) as [
  keyof WorkspaceConfig,
  { properties: Record<string, unknown> },
][];

function isTable(value: TomlTable[string] | undefined): value is TomlTable {
  return typeof value === "object" && !Array.isArray(value) && !(value instanceof Date);
}

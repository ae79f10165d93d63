import { PierError, WorkspaceConfig } from "@pier/protocol";
import { parse, type TomlTable, TomlError } from "smol-toml";
import { Value } from "typebox/value";
import { workspaceLimits } from "../limits.ts";

/** A file of settings: all that stands in it, and what of it is known here. */
export interface ParsedConfig {
  table: TomlTable;
  config: WorkspaceConfig;
}

/**
 * Reads TOML. Integers come as BigInt, so that they are written back as they were.
 *
 * @param file as people know it, for errors
 * @throws PierError `CONFLICT` with the line, or with the setting that does not fit
 */
export function parseConfig(text: string, file: string): ParsedConfig {
  const table = parseToml(text, file);
  // Only what is known: the rest is somebody else's.
  const config = Value.Clean(WorkspaceConfig, structuredClone(table));
  if (Value.Check(WorkspaceConfig, config)) return { table, config };
  const [error] = Value.Errors(WorkspaceConfig, config);
  const setting = error?.instancePath.slice(1).replaceAll("/", ".") ?? "";
  const right =
    error?.keyword === "enum" ? `must be one of ${error.params.allowedValues.join(", ")}` : (error?.message ?? "");
  throw new PierError("CONFLICT", `${file} does not fit: ${setting} ${right}.`, { path: file });
}

function parseToml(text: string, file: string): TomlTable {
  try {
    return parse(text, { integersAsBigInt: true, maxDepth: workspaceLimits.depth });
  } catch (cause) {
    const where = cause instanceof TomlError ? `, line ${cause.line}, column ${cause.column}` : "";
    const [words = ""] = (cause instanceof Error ? cause.message : String(cause)).split("\n");
    throw new PierError("CONFLICT", `${file}${where}: ${words.replace(/\.$/, "")}: mend it, or delete the file.`, {
      cause,
      path: file,
    });
  }
}

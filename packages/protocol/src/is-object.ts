/** Whether a parsed value is a JSON object, whose members may then be looked at one by one. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

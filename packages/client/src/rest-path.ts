/** The address of a session under the daemon's. */
export function sessionPath(id: string): string {
  return `api/sessions/${encodeURIComponent(id)}`;
}

/** A query with the parameters that have a value. */
export function queryOf(parameters: Readonly<Record<string, string | number | boolean | undefined>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) query.set(name, String(value));
  return query.size > 0 ? `?${query.toString()}` : "";
}
